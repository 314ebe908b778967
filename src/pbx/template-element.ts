/** How a phone system shows who it is: by signing in once in a browser, or by a token that an operator made. */
export type TemplateAuth = 'code' | 'token';

/** An element as the builder takes it: attributes begin with `@`, text is `#`, lists are arrays. */
export type Element = { [name: string]: string | Element | Element[] };

const page = (title: string, text: string) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem;color-scheme:light dark}</style>
</head>
<body><main><h1>${title}</h1>${text}</main></body>
</html>
`;

/** What stands behind links that are opened without an account; they say nothing of any customer. */
export const pages = {
  home: page(
    'CRM Lookup',
    '<p>This server tells a telephone system who is calling, keeps what is known while the call runs, and logs it once it has ended.</p><ul><li><a href="/graphql">GraphiQL</a>, to explore the API</li><li><a href="/health">Health</a> and <a href="/ready">readiness</a></li></ul>',
  ),
  contact: page(
    'A contact',
    '<p>This link stands for a contact of the phone book behind a telephone system. Its page belongs to the dashboard, which this server does not have yet.</p>',
  ),
  newContact: page(
    'An unknown caller',
    '<p>This link stands for a caller whom nobody knows yet. The form to create the contact belongs to the dashboard, which this server does not have yet.</p>',
  ),
};

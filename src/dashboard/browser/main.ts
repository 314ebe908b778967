import { html } from 'htm/preact';
import { render } from 'preact';
import { App, begin } from './app.ts';

render(html`<${App} />`, document.getElementById('app') as HTMLElement);
begin();

import { signal } from '@preact/signals';
import { html } from 'htm/preact';
import { useEffect } from 'preact/hooks';
import { ask, isTrouble, type Trouble } from './ask.ts';
import { CreateContactDocument, WhoIsDocument, type WhoIsQuery } from './documents.generated.ts';
import { Notice } from './notice.ts';
import { nameOf } from './people.ts';
import { TopBar } from './top-bar.ts';
import type { Viewer } from './viewer.ts';

const trouble = signal<Trouble | null>(null);
const saving = signal(false);
const known = signal<WhoIsQuery['contactSearch']['contacts']>([]);

/** What a placeholder's link tells of the caller. */
const told = () => {
  const query = new URLSearchParams(location.search);
  return { phone: query.get('phone') ?? '', email: query.get('email') ?? '' };
};

/** The form to which a placeholder leads: what the call tells is filled in already. */
export function NewContactPage({ viewer }: { viewer: Viewer }) {
  const { phone, email } = told();
  useEffect(() => void lookUp(), []);
  return html`<${TopBar} viewer=${viewer} />
    <main id="main" class="page narrow" tabindex="-1">
      <h1>New contact</h1>
      <${Known} />
      <form class="card contact-form" onSubmit=${save}>
        ${trouble.value && trouble.value.issues.length === 0 && html`<${Notice} title=${trouble.value.message} urgent />`}
        <${Field} name="firstName" label="First name" autocomplete="off" focus />
        <${Field} name="lastName" label="Last name or company" required autocomplete="off" />
        <${Field} name="phone" label="Phone" type="tel" value=${phone} />
        <${Field} name="email" label="Email" type="email" value=${email} />
        <p class="actions"><button class="button primary" disabled=${saving.value}>${saving.value ? 'Saving…' : 'Create the contact'}</button>
          <a class="button" href="/dashboard">Cancel</a></p>
      </form>
    </main>`;
}

/** Somebody may have created the contact since the phone rang. */
async function lookUp(): Promise<void> {
  const { phone, email } = told();
  if (!phone && !email) return;
  const found = await ask(WhoIsDocument, { phone: phone || null, email: email || null }).catch(() => null);
  known.value = found?.contactSearch.contacts ?? [];
}

const Known = () =>
  known.value.length > 0 &&
  html`<${Notice} title="Somebody is known by this number already"><ul class="plain">
    ${known.value.map((contact) => html`<li key=${contact.id}><a href=${`/contacts/${encodeURIComponent(contact.id)}`}>${nameOf(contact)}</a></li>`)}
  </ul><//>`;

interface FieldWords {
  name: string;
  label: string;
  type?: string;
  value?: string;
  required?: boolean;
  autocomplete?: string;
  focus?: boolean;
}

function Field({
  name,
  label,
  type = 'text',
  value = '',
  required = false,
  autocomplete = 'off',
  focus = false,
}: FieldWords) {
  const wrong = trouble.value?.issues.filter(({ path }) => path.at(-1) === name).map(({ message }) => message);
  return html`<div class="field">
    <label for=${name}>${label}${required && html` <span class="quiet">(needed)</span>`}</label>
    <input id=${name} name=${name} type=${type} defaultValue=${value} required=${required} autocomplete=${autocomplete} autofocus=${focus}
      aria-invalid=${wrong?.length ? 'true' : undefined} aria-describedby=${wrong?.length ? `${name}-wrong` : undefined} />
    ${wrong?.map((message) => html`<p id=${`${name}-wrong`} class="wrong" role="alert">${message}</p>`)}
  </div>`;
}

async function save(event: SubmitEvent): Promise<void> {
  event.preventDefault();
  const filled = new FormData(event.currentTarget as HTMLFormElement);
  const field = (name: string) => String(filled.get(name) ?? '').trim();
  saving.value = true;
  trouble.value = null;
  try {
    const input = {
      lastName: field('lastName'),
      firstName: field('firstName') || null,
      phone: field('phone') || null,
      email: field('email') || null,
    };
    const { createContact } = await ask(CreateContactDocument, { input });
    location.assign(`/contacts/${encodeURIComponent(createContact.contact.id)}`);
  } catch (failure) {
    trouble.value = isTrouble(failure) ? failure : { kind: 'broken', message: String(failure), issues: [] };
  }
  saving.value = false;
}

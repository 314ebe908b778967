import { expect, test } from 'vitest';
import { createContact, logCall, patience, useDashboard } from '../support/dashboard.ts';
import { newCustomer } from '../support/world.ts';

const { open } = useDashboard();

/** Text that would show itself by running, were it ever taken for markup. */
const canary = (name: string) =>
  `${name}<img src=x onerror="window.ran='${name}'">"'><script>window.ran='${name}'</script>`;

test(
  'whatever a report says is text on every page, and never runs',
  async () => {
    const customer = await newCustomer();
    const id = await createContact(customer, {
      first_name: canary('first'),
      last_name: canary('last'),
      civility: canary('civility'),
      custom_value: canary('custom'),
    });
    const time = new Date(Date.now() - 60_000).toISOString();
    await customer.rest('POST', '/api/crm/lookup/phone-calls/context', {
      body: {
        direction: 'inbound',
        number_from: '+33612345678',
        start_time_utc: time,
        context_data: JSON.stringify({
          [canary('key')]: canary('value'),
          deep: { [canary('inner')]: canary('inside') },
        }),
      },
    });
    await logCall(customer, {
      status: 'completed',
      start_time_utc: time,
      subject: canary('subject'),
      body: canary('body'),
      summary: canary('summary'),
      sentiment: canary('sentiment'),
      transcription: canary('transcription'),
      source: canary('source'),
      agent_first_name: canary('agent'),
      agent_last_name: canary('agent last'),
      queue_extension: canary('queue'),
      recording_url: "https://recordings.example/'\"><script>window.ran='recording'</script>",
    });
    await customer.rest('POST', '/api/crm/lookup/chats', {
      body: {
        email: 'camille@example.com',
        start_time_utc: time,
        chat_messages: canary('messages'),
        subject: canary('chat'),
        agent: canary('chat agent'),
      },
    });
    const { body } = await customer.graphql('{ phoneCalls { nodes { id } } }');
    const callId = body.data.phoneCalls.nodes[0].id as string;
    const hash = new URLSearchParams({ call: callId, text: canary('filter'), agent: canary('filtered') });
    const visits: [path: string, shown: string[]][] = [
      [
        `/dashboard#call=${callId}`,
        [
          'first',
          'last',
          'key',
          'value',
          'subject',
          'body',
          'summary',
          'sentiment',
          'transcription',
          'source',
          'agent',
          'queue',
        ],
      ],
      [`/dashboard#${hash}`, ['subject']],
      [`/contacts/${id}`, ['first', 'civility', 'custom', 'subject', 'body', 'messages', 'chat']],
      [`/contacts/new?phone=${encodeURIComponent(canary('phone'))}&email=${encodeURIComponent(canary('email'))}`, []],
      [`/contacts/${encodeURIComponent(canary('id'))}`, []],
    ];
    for (const [path, shown] of visits) {
      const { page, complaints } = await open(path, customer.token);
      for (const details of await page.locator('details').all()) await details.locator('summary').click();
      for (const name of shown) await page.getByText(canary(name)).first().waitFor({ state: 'attached' });
      await page.waitForLoadState('load');
      expect([path, await page.evaluate('window.ran ?? null'), complaints]).toEqual([path, null, []]);
      expect(await page.locator('img, #app script').count()).toBe(0);
      await page.context().close();
    }
  },
  patience,
);

test(
  'no link leads anywhere but to the web, mail and telephone',
  async () => {
    const customer = await newCustomer();
    const id = await createContact(customer, {});
    await logCall(customer, { status: 'completed', number_external: 'javascript:alert(1)' });
    for (const path of ['/dashboard', `/contacts/${id}`]) {
      const { page } = await open(path, customer.token);
      await page.getByRole('main').getByRole('link').first().waitFor();
      const targets = await page
        .locator('a')
        .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol));
      expect(targets.filter((protocol) => !/^(https?|mailto|tel):$/.test(protocol))).toEqual([]);
      await page.context().close();
    }
  },
  patience,
);

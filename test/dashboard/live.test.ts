import { expect, test } from 'vitest';
import { createContact, logCall, patience, useDashboard } from '../support/dashboard.ts';
import { newCustomer } from '../support/world.ts';

const { running, open } = useDashboard();

test(
  'a call that is logged over REST appears by itself: in the list, the figures, and among those to call back',
  async () => {
    const customer = await newCustomer();
    await createContact(customer);
    await logCall(customer, { status: 'completed', duration: '00:01:00', number_external: '+33698765432' });
    const { page, complaints } = await open('/dashboard', customer.token);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    await page.getByText('1 call', { exact: true }).waitFor();
    await logCall(customer, { subject: 'Came in by itself' });
    await page.getByRole('row', { name: /Camille Martin.*Came in by itself/ }).waitFor();
    await page.getByRole('region', { name: 'To call back' }).getByText('Camille Martin').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Missed' }).getByText('1', { exact: true }).first().waitFor();
    expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
    await logCall(customer, { direction: 'outbound', status: 'completed', start_time_utc: new Date().toISOString() });
    await page.getByText('Nobody is waiting.').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  },
  patience,
);

test(
  'when the server is away the page says so, goes on trying, and shows what happened meanwhile',
  async () => {
    const customer = await newCustomer();
    await logCall(customer, { number_external: '+33698765432' });
    const { page } = await open('/dashboard', customer.token);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.context().setOffline(true);
    await page.getByText('Reconnecting…').or(page.getByText('Connecting…')).first().waitFor();
    await page.getByRole('button', { name: '30 days' }).click();
    await page.getByText('The server is away').first().waitFor();
    await logCall(customer, { subject: 'While the line was cut', start_time_utc: new Date().toISOString() });
    await page.context().setOffline(false);
    await page.getByRole('row', { name: /While the line was cut/ }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await page.getByText('The server is away').count()).toBe(0);
    await page.context().close();
  },
  patience,
);

test(
  'whoever has no calls yet is shown how to log one, and sees it come',
  async () => {
    const customer = await newCustomer();
    const { page } = await open('/dashboard', customer.token);
    await page.getByText('No calls yet').waitFor();
    expect(await page.locator('pre').innerText()).toContain(`curl ${running.url}/api/crm/lookup/phone-calls`);
    await page.getByText('Live', { exact: true }).waitFor();
    await logCall(customer, { subject: 'The very first' });
    await page.getByRole('row', { name: /The very first/ }).waitFor();
    await page.context().close();
  },
  patience,
);

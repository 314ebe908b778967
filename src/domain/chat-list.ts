import { isUuid } from '../id.ts';
import type { Chat } from './chat.ts';
import type { Customer } from './customer.ts';
import type { Order } from './keyset.ts';
import { bindings, type Page, type Paging, readPage } from './page.ts';

const newestFirst: Order<Chat> = [
  { column: 'start_time', name: 'startTime', direction: 'DESC', nullable: true },
  { column: 'id', name: 'id', direction: 'DESC', nullable: false },
];

/** A page of a contact's chats, newest first. Throws `BAD_USER_INPUT` for a foreign cursor. */
export async function listChatsOf(customer: Customer, contactId: string, paging: Paging): Promise<Page<Chat>> {
  const binding = bindings();
  const conditions = [isUuid(contactId) ? `contact_id = ${binding.bind(contactId)}::uuid` : 'false'];
  return readPage(customer.store, { table: 'chats', conditions, binding, order: newestFirst }, paging);
}

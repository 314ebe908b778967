import { countCalls, logCall, readCalls, searchContacts } from '../by-hand.ts';
import { serve } from './mercurius.ts';

// Mercurius with SQL written by hand: the next step for whoever needs speed.

await serve({
  contactSearch: searchContacts,
  phoneCalls: async (customer, first) => {
    const [nodes, totalCount] = await Promise.all([readCalls(customer, first), countCalls(customer)]);
    return { nodes, totalCount };
  },
  logPhoneCall: logCall,
});

/** Somebody outside the company; strangers have no contact. */
export interface Party {
  number: string;
  contactId: string | null;
}

/** The company's number that everybody dials. */
export const company = '+33170990000';

export const agents = [
  { extension: '101', firstName: 'Léa', lastName: 'Bernard', email: 'lea.bernard@example.com' },
  { extension: '102', firstName: 'Hugo', lastName: 'Petit', email: 'hugo.petit@example.com' },
  { extension: '103', firstName: 'Inès', lastName: 'Moreau', email: 'ines.moreau@example.com' },
  { extension: '104', firstName: 'Karim', lastName: 'Haddad', email: 'karim.haddad@example.com' },
] as const;

export const queues = [
  { extension: '800', name: 'Sales' },
  { extension: '801', name: 'Support' },
  { extension: '802', name: 'Deliveries' },
] as const;

/** Known to the company besides those whom the examples are about. */
export const acquaintances = [
  { firstName: 'Nora', lastName: 'Lefèvre', phoneMobile: '+33 6 23 45 67 81', email: 'nora.lefevre@example.com' },
  { firstName: 'Paul', lastName: 'Girard', phoneMobile: '+33 6 34 56 78 92', email: 'paul.girard@example.com' },
  { firstName: 'Sofia', lastName: 'Rossi', phoneBusiness: '+39 06 698 83000', email: 'sofia.rossi@example.com' },
  { firstName: 'Mehdi', lastName: 'Benali', phoneMobile: '+33 7 45 67 89 13' },
  { lastName: 'Boulangerie du Port', phoneBusiness: '+33 2 40 12 34 56', email: 'contact@boulangerie.example.com' },
  { lastName: 'Atelier Roche', phoneBusiness: '+33 4 72 10 20 30', email: 'bonjour@atelier-roche.example.com' },
  { firstName: 'Emma', lastName: 'Schneider', phoneMobile: '+49 151 23456789', email: 'emma.schneider@example.com' },
] as const;

export const strangers: Party[] = [
  '+33619283746',
  '+33677889900',
  '+33140205317',
  '+33155667788',
  '+33472839405',
  '+3228013045',
  '+41443643031',
  'anonymous',
].map((number) => ({ number, contactId: null }));

export const subjects = [
  'Where is my order?',
  'Invoice for October',
  'A new quotation',
  'Delivery on Thursday',
  'Return of a parcel',
  'Change of address',
  'Opening hours',
  'Appointment with the workshop',
  'Spare part out of stock',
  'Payment received twice',
  'Renewal of the contract',
  'Question about the warranty',
] as const;

export const notes = [
  'Asked for a call on Thursday morning; prefers the mobile number.',
  'Sent the documents by email while we spoke. Nothing else to do.',
  'Promised an answer from the workshop by tomorrow noon.',
  'Was unhappy about the delay; offered free delivery on the next order.',
] as const;

export const chatLines = [
  ['Hello, is the shop open on Saturday?', 'Yes, from nine to five.'],
  ['My parcel has not arrived yet.', 'I am sorry. It is on its way and will be with you tomorrow.'],
  ['Can I change the delivery address?', 'Of course. Where shall we send it?'],
  ['I have lost my invoice.', 'No problem, I have just sent it to you again.'],
] as const;

/** The page of one of our own contacts. */
export const contactPage = (publicUrl: string, id: string) => `${publicUrl}/contacts/${id}`;

/** The form that a placeholder leads to, filled with what is known of the caller. */
export const newContactPage = (publicUrl: string, known: { phone: string } | { email: string }) =>
  `${publicUrl}/contacts/new?${new URLSearchParams(known)}`;

/** Where the pages of a CRM send people back who have granted access to it. */
export const authorizationReturnPage = (publicUrl: string) => `${publicUrl}/integrations/authorize/return`;

/** Whether a text can be the id of one of our own rows. */
export const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** A placeholder's id names nobody, also when it comes back with a report. */
export const isPlaceholderId = (id: string) => id.startsWith('placeholder-');

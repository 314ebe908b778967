/** What a person reads when the server has started. */
export function welcome(publicUrl: string, demoToken: string | null): string {
  const lines = [
    '',
    'CRM Lookup is running.',
    '',
    `  Address   ${publicUrl}`,
    `  Dashboard ${publicUrl}/dashboard`,
    `  GraphiQL  ${publicUrl}/graphql`,
  ];
  if (demoToken) {
    lines.push(
      `  Token     ${demoToken}`,
      '            (demo customer, good for 30 days)',
      '',
      'Who is calling? Paste this:',
      '',
      `  curl -H 'Authorization: Bearer ${demoToken}' '${publicUrl}/api/crm/lookup/contacts/search?phone=0612345678'`,
    );
  } else {
    lines.push('', 'Make a token with: npm run -s admin -- token create --customer ID --scopes client,crm');
  }
  return `${lines.join('\n')}\n\nCtrl-C ends it.\n`;
}

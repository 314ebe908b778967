/** A template around some scenarios. */
export const template = (
  scenarios: string,
  {
    parameters = '',
    authentication = '<Authentication Type="No"/>',
    number = '<Number Prefix="AsIs" MaxLength=""/>',
  } = {},
) => `<?xml version="1.0"?><Crm Name="Own" Version="1" Country="FR" SupportsEmojis="true">
${number}<Connection MaxConcurrentRequests="4"/><Parameters>${parameters}</Parameters>${authentication}<Scenarios>${scenarios}</Scenarios></Crm>`;

/** The outputs of a contact from `[Id]`, `[First]` and `[Phone]`. */
export const outputs = (url: string) =>
  `<Outputs AllowEmpty="false"><Output Type="ContactUrl" Value="${url}"/><Output Type="FirstName" Value="[First]"/><Output Type="PhoneBusiness" Value="[Phone]"/><Output Type="EntityId" Value="[Id]"/><Output Type="EntityType" Value="Contacts"/></Outputs>`;

/** A lookup whose answer is `{ people: [{ id, first, phone }] }`. */
export const lookup = (url: string, id = '', more = '') =>
  `<Scenario Id="${id}" Type="REST"><Request Url="${url}" RequestType="Get" ResponseType="Json" ${more}/><Rules><Rule Type="Any">people.id</Rule></Rules>
<Variables><Variable Name="Id" Path="people.id"/><Variable Name="First" Path="people.first"/><Variable Name="Phone" Path="people.phone"/></Variables>${outputs('https://crm.example/[Id]')}</Scenario>`;

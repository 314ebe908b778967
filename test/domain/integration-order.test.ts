import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newOperator, type Operator } from '../support/integrations.ts';
import { store } from '../support/world.ts';

const create = async ({ ask }: Operator, position?: number): Promise<string> =>
  (await ask('createIntegration', { connector: 'native', input: { position } })).id;

const orderOf = async ({ ask }: Operator): Promise<[number, string][]> =>
  (await ask('integrations')).map(({ position, id }: { position: number; id: string }) => [position, id]);

const numbered = (ids: string[]) => ids.map((id, index) => [index + 1, id]);

type Move = { do: 'create' | 'move' | 'remove'; which: number; position: number };

const move: fc.Arbitrary<Move> = fc.record({
  do: fc.constantFrom('create', 'move', 'move', 'remove'),
  which: fc.nat(30),
  position: fc.integer({ min: 1, max: 9 }),
});

test('whatever is created, moved and removed, positions count from 1 without a gap, and only the moved one changes places', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 3, maxLength: 12 }), async (moves) => {
      const operator = await newOperator();
      let model = (await orderOf(operator)).map(([, id]) => id);
      for (const { do: what, which, position } of moves) {
        const id = what === 'create' ? await create(operator, position) : model[which % model.length];
        if (!id) continue;
        if (what === 'move') await operator.ask('updateIntegration', { id, input: { position } });
        if (what === 'remove') await operator.ask('removeIntegration', { id });
        const others = model.filter((other) => other !== id);
        model = what === 'remove' ? others : others.toSpliced(position - 1, 0, id);
        expect(await orderOf(operator)).toEqual(numbered(model));
      }
    }),
    { seed: 5, numRuns: 12 },
  );
});

test('those who create, move and remove at the same moment leave an order without a gap', async () => {
  const operator = await newOperator();
  const ids = [];
  for (let count = 0; count < 5; count++) ids.push(await create(operator));
  const [removed = '', ...kept] = ids;
  const work = [
    ...kept.map((id, index) => operator.ask('updateIntegration', { id, input: { position: (index % 3) + 1 } })),
    ...[1, 2, 3].map((position) => create(operator, position)),
    operator.ask('removeIntegration', { id: removed }),
  ];
  await Promise.all(work);
  const order = await orderOf(operator);
  expect(order.map(([position]) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(order.map(([, id]) => id)).toEqual(expect.arrayContaining(kept));
  expect(order.map(([, id]) => id)).not.toContain(removed);
});

test('changes of parameters at the same moment all stay', async () => {
  const operator = await newOperator();
  const names = ['A', 'B', 'C', 'D', 'E'];
  const input = {
    file: `vault\n${names.map((name) => `?${name}`).join('\n')}`,
    parameters: [{ name: 'ApiKey', value: 'k' }],
  };
  const { id } = await operator.ask('createIntegration', { connector: 'vault', input });
  await Promise.all(
    names.map((name) => operator.ask('updateIntegration', { id, input: { parameters: [{ name, value: name }] } })),
  );
  const [, { parameters }] = await operator.ask('integrations');
  expect(parameters.flatMap(({ value }: { value: string | null }) => value ?? [])).toEqual(names);
});

test('moving others does not connect them anew', async () => {
  const operator = await newOperator();
  const before = await store.operator.integration.findFirstOrThrow({ where: { customerId: operator.id } });
  await create(operator, 1);
  const after = await store.operator.integration.findFirstOrThrow({ where: { id: before.id } });
  expect(after).toEqual({ ...before, position: 2 });
});

import Anthropic from '@anthropic-ai/sdk';
import { all, assert, baseUrl, check, failure } from './check.js';

const client = new Anthropic({ apiKey: 'sk-loopback', baseURL: baseUrl, maxRetries: 0 });
const request = (id, text) => ({
  custom_id: id,
  params: { model: 'm', max_tokens: 64, messages: [{ role: 'user', content: text }] },
});
const create = (...requests) => client.messages.batches.create({ requests });

await check('whole', async () => {
  const made = await create(request('x', 'one'), request('y', 'fail'));
  assert.equal(made.processing_status, 'in_progress');
  const done = await client.messages.batches.retrieve(made.id);
  assert.equal(done.processing_status, 'ended');
  assert.deepEqual(done.request_counts, { processing: 0, succeeded: 1, errored: 1, canceled: 0, expired: 0 });
  const results = await all(await client.messages.batches.results(made.id));
  assert.deepEqual(results.map((line) => [line.custom_id, line.result.type]), [['y', 'errored'], ['x', 'succeeded']]);
  assert.equal(results[1].result.message.content[0].text, 'one');
  assert.equal(results[0].result.error.error.type, 'invalid_request_error');
});

await check('list', async () => {
  const made = await create(request('x', 'one'));
  const ids = (await all(client.messages.batches.list({ limit: 1 }))).map((batch) => batch.id);
  assert.equal(ids[0], made.id);
  assert.equal(ids.length, 2);
});

await check('cancel', async () => {
  const made = await create(request('x', 'one'));
  assert.equal((await client.messages.batches.cancel(made.id)).processing_status, 'canceling');
  await client.messages.batches.retrieve(made.id);
  assert.ok((await failure(() => client.messages.batches.cancel(made.id))) instanceof Anthropic.BadRequestError);
});

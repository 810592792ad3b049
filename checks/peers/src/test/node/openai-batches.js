import OpenAI, { toFile } from 'openai';
import { all, assert, baseUrl, check, failure } from './check.js';

const client = new OpenAI({ apiKey: 'sk-loopback', baseURL: `${baseUrl}/v1`, maxRetries: 0 });
const line = (id, text) =>
  JSON.stringify({
    custom_id: id,
    method: 'POST',
    url: '/v1/chat/completions',
    body: { model: 'm', messages: [{ role: 'user', content: text }] },
  });
const create = async (...lines) => {
  const file = await client.files.create({ purpose: 'batch', file: await toFile(Buffer.from(lines.join('\n')), 'a.jsonl') });
  assert.equal(file.purpose, 'batch');
  return client.batches.create({
    input_file_id: file.id,
    endpoint: '/v1/chat/completions',
    completion_window: '24h',
    metadata: { run: '7' },
  });
};

await check('whole', async () => {
  const made = await create(line('x', 'one'), line('y', 'fail'));
  assert.equal(made.status, 'validating');
  assert.deepEqual(made.metadata, { run: '7' });
  const done = await client.batches.retrieve(made.id);
  assert.equal(done.status, 'completed');
  assert.deepEqual(done.request_counts, { total: 2, completed: 1, failed: 1 });
  const answer = JSON.parse(await (await client.files.content(done.output_file_id)).text());
  assert.equal(answer.custom_id, 'x');
  assert.equal(answer.response.body.choices[0].message.content, 'one');
  const error = JSON.parse(await (await client.files.content(done.error_file_id)).text());
  assert.equal(error.custom_id, 'y');
  assert.equal(error.response.status_code, 400);
});

await check('list', async () => {
  const made = await create(line('x', 'one'));
  const ids = (await all(client.batches.list({ limit: 1 }))).map((batch) => batch.id);
  assert.equal(ids[0], made.id);
  assert.equal(ids.length, 2);
});

await check('cancel', async () => {
  const made = await create(line('x', 'one'));
  assert.equal((await client.batches.cancel(made.id)).status, 'cancelling');
  await client.batches.retrieve(made.id);
  assert.ok((await failure(() => client.batches.cancel(made.id))) instanceof OpenAI.ConflictError);
});

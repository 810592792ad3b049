import Anthropic from '@anthropic-ai/sdk';
import { all, assert, baseUrl, check, failure } from './check.js';

const client = new Anthropic({ apiKey: 'sk-loopback', baseURL: baseUrl, maxRetries: 0 });
const ask = (model) => ({ model, max_tokens: 64, messages: [{ role: 'user', content: 'Hi' }] });
const stream = (model) => client.messages.stream(ask(model));

await check('chat', async () => {
  const answer = await client.messages.create(ask('hello'));
  assert.deepEqual(answer.content, [{ type: 'text', text: 'Hello there' }]);
  assert.equal(answer.stop_reason, 'end_turn');
  assert.equal(answer.usage.input_tokens, 3);
  assert.equal(answer.usage.output_tokens, 2);
  assert.equal(answer._request_id, 'req_1');
});

await check('stream', async () => {
  const events = await all(await client.messages.create({ ...ask('hello'), stream: true }));
  assert.equal(events.at(-1).type, 'message_stop');
  const answer = await stream('hello').finalMessage();
  assert.equal(answer.content[0].text, 'Hello there');
  assert.equal(answer.stop_reason, 'end_turn');
  assert.equal(answer.usage.input_tokens, 3);
  assert.equal(answer.usage.output_tokens, 2);
});

await check('thoughts', async () => {
  for (const answer of [await client.messages.create(ask('thought')), await stream('thought').finalMessage()]) {
    assert.deepEqual(answer.content[0], { type: 'thinking', thinking: 'Six times seven', signature: 'c2VjcmV0' });
    assert.equal(answer.content[1].text, '42');
  }
  const redacted = await stream('redacted').finalMessage();
  assert.deepEqual(redacted.content[0], { type: 'redacted_thinking', data: 'c2VjcmV0' });
});

await check('tools', async () => {
  for (const answer of [await client.messages.create(ask('tool')), await stream('tool').finalMessage()]) {
    assert.deepEqual(answer.content, [{ type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Paris' } }]);
    assert.equal(answer.stop_reason, 'tool_use');
  }
});

await check('models', async () => {
  assert.deepEqual((await all(client.models.list({ limit: 2 }))).map((model) => model.id), ['fake-1', 'fake-2', 'fake-3']);
});

await check('errors', async () => {
  const limited = await failure(() => client.messages.create(ask('error-429')));
  assert.ok(limited instanceof Anthropic.RateLimitError, limited);
  assert.equal(limited.type, 'rate_limit_error');
  assert.equal(limited.requestID, 'req_1');
  const unauthorized = await failure(() => stream('error-401').finalMessage());
  assert.ok(unauthorized instanceof Anthropic.AuthenticationError, unauthorized);
  const overloaded = await failure(() => stream('broken').finalMessage());
  assert.ok(overloaded instanceof Anthropic.APIError, overloaded);
  assert.equal(overloaded.type, 'overloaded_error');
});

await check('silence', async () => {
  for await (const event of await client.messages.create({ ...ask('hold'), stream: true })) {
    if (event.type === 'content_block_delta') break;
  }
});

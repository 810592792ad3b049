import OpenAI from 'openai';
import { all, assert, baseUrl, check, failure } from './check.js';

const client = new OpenAI({ apiKey: 'sk-loopback', baseURL: `${baseUrl}/v1`, maxRetries: 0 });
const ask = (model) => ({ model, messages: [{ role: 'user', content: 'Hi' }] });
const stream = (model) => client.chat.completions.stream({ ...ask(model), stream_options: { include_usage: true } });

await check('chat', async () => {
  const answer = await client.chat.completions.create(ask('hello'));
  assert.equal(answer.choices[0].message.content, 'Hello there');
  assert.equal(answer.choices[0].finish_reason, 'stop');
  assert.equal(answer.usage.total_tokens, 5);
  assert.equal(answer._request_id, 'req-1');
});

await check('stream', async () => {
  const chunks = await all(await client.chat.completions.create({ ...ask('hello'), stream: true }));
  assert.equal(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join(''), 'Hello there');
  const answer = await stream('hello').finalChatCompletion();
  assert.equal(answer.choices[0].message.content, 'Hello there');
  assert.equal(answer.choices[0].finish_reason, 'stop');
  assert.equal(answer.usage.total_tokens, 5);
});

await check('tools', async () => {
  const whole = await client.chat.completions.create(ask('tool'));
  const streamed = await stream('tool').finalChatCompletion();
  for (const answer of [whole, streamed]) {
    const [call] = answer.choices[0].message.tool_calls;
    assert.equal(call.id, 'call_1');
    assert.equal(call.function.name, 'get_weather');
    assert.deepEqual(JSON.parse(call.function.arguments), { city: 'Paris' });
    assert.equal(answer.choices[0].finish_reason, 'tool_calls');
  }
});

await check('embeddings', async () => {
  const numbers = await client.embeddings.create({ model: 'numbers', input: ['a', 'b'], encoding_format: 'float' });
  // Unless told otherwise this client asks for base64, and decodes it.
  const packed = await client.embeddings.create({ model: 'packed', input: ['a', 'b'] });
  for (const answer of [numbers, packed]) {
    const sorted = answer.data.toSorted((one, two) => one.index - two.index);
    assert.deepEqual(sorted.map((entry) => Array.from(entry.embedding)), [[0.25, -0.5], [1, 2]]);
  }
});

await check('models', async () => {
  assert.deepEqual((await all(client.models.list())).map((model) => model.id), ['fake-1', 'fake-2']);
});

await check('errors', async () => {
  const unauthorized = await failure(() => client.chat.completions.create(ask('error-401')));
  assert.ok(unauthorized instanceof OpenAI.AuthenticationError, unauthorized);
  assert.equal(unauthorized.code, 'invalid_api_key');
  assert.equal(unauthorized.requestID, 'req-1');
  const limited = await failure(() => stream('error-429').finalChatCompletion());
  assert.ok(limited instanceof OpenAI.RateLimitError, limited);
});

await check('silence', async () => {
  const held = await client.chat.completions.create({ ...ask('hold'), stream: true });
  for await (const chunk of held) {
    if (chunk.choices[0].delta.content === 'Hel') break;
  }
});

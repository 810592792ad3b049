import OpenAI from 'openai';
import { all, assert, baseUrl, check, failure } from './check.js';

const client = new OpenAI({ apiKey: 'sk-loopback', baseURL: `${baseUrl}/v1`, maxRetries: 0 });
const ask = (model) => ({ model, input: 'Hi' });
const stream = (model) => client.responses.stream(ask(model));

await check('chat', async () => {
  const answer = await client.responses.create(ask('hello'));
  assert.equal(answer.output_text, 'Hello there');
  assert.equal(answer.status, 'completed');
  assert.equal(answer.usage.total_tokens, 5);
});

await check('stream', async () => {
  const events = await all(await client.responses.create({ ...ask('hello'), stream: true }));
  assert.equal(events.filter((event) => event.type === 'response.output_text.delta').map((event) => event.delta).join(''), 'Hello there');
  assert.deepEqual(events.map((event) => event.sequence_number), events.map((_, index) => index));
  const answer = await stream('hello').finalResponse();
  assert.equal(answer.output_text, 'Hello there');
  assert.equal(answer.usage.total_tokens, 5);
});

await check('thoughts', async () => {
  for (const answer of [await client.responses.create(ask('thought')), await stream('thought').finalResponse()]) {
    assert.equal(answer.output[0].summary[0].text, 'Six times seven');
    assert.equal(answer.output[0].encrypted_content, 'c2VjcmV0');
    assert.equal(answer.output_text, '42');
  }
});

await check('tools', async () => {
  for (const answer of [await client.responses.create(ask('tool')), await stream('tool').finalResponse()]) {
    const [call] = answer.output;
    assert.equal(call.type, 'function_call');
    assert.equal(call.call_id, 'call_1');
    assert.equal(call.name, 'get_weather');
    assert.deepEqual(JSON.parse(call.arguments), { city: 'Paris' });
  }
});

await check('cut-short', async () => {
  const answer = await stream('cut').finalResponse();
  assert.equal(answer.status, 'incomplete');
  assert.equal(answer.incomplete_details.reason, 'max_output_tokens');
});

await check('errors', async () => {
  const limited = await failure(() => client.responses.create(ask('error-429')));
  assert.ok(limited instanceof OpenAI.RateLimitError, limited);
  const failed = await all(await client.responses.create({ ...ask('failed'), stream: true }));
  assert.equal(failed.at(-1).type, 'response.failed');
  assert.equal(failed.at(-1).response.error.code, 'server_error');
  const broken = await failure(async () => all(await client.responses.create({ ...ask('broken'), stream: true })));
  assert.ok(broken instanceof OpenAI.APIError, broken);
});

await check('silence', async () => {
  const held = await client.responses.create({ ...ask('hold'), stream: true });
  for await (const event of held) {
    if (event.type === 'response.output_text.delta') break;
  }
});

import { Ollama } from 'ollama';
import { all, assert, baseUrl, check, failure } from './check.js';

const client = new Ollama({ host: baseUrl });
const ask = (model) => ({ model, messages: [{ role: 'user', content: 'Hi' }] });
const stream = async (model) => all(await client.chat({ ...ask(model), stream: true }));

await check('chat', async () => {
  const answer = await client.chat(ask('hello'));
  assert.deepEqual(answer.message, { role: 'assistant', content: 'Hello there' });
  assert.equal(answer.done_reason, 'stop');
  assert.equal(answer.prompt_eval_count, 3);
  assert.equal(answer.eval_count, 2);
});

await check('stream', async () => {
  const parts = await stream('hello');
  assert.equal(parts.map((part) => part.message.content).join(''), 'Hello there');
  assert.deepEqual(parts.map((part) => part.done), [false, false, true]);
  assert.equal(parts.at(-1).eval_count, 2);
});

await check('thoughts', async () => {
  assert.equal((await client.chat(ask('thought'))).message.thinking, 'Six times seven');
  const parts = await stream('thought');
  assert.equal(parts.map((part) => part.message.thinking ?? '').join(''), 'Six times seven');
  assert.equal(parts.map((part) => part.message.content).join(''), '42');
});

await check('tools', async () => {
  const whole = (await client.chat(ask('tool'))).message;
  const streamed = (await stream('tool')).find((part) => part.message.tool_calls).message;
  for (const message of [whole, streamed]) {
    assert.equal(message.tool_calls[0].function.name, 'get_weather');
    assert.deepEqual(message.tool_calls[0].function.arguments, { city: 'Paris' });
  }
});

await check('embeddings', async () => {
  const answer = await client.embed({ model: 'numbers', input: ['a', 'b'] });
  assert.deepEqual(answer.embeddings, [[0.25, -0.5], [1, 2]]);
  assert.equal(answer.prompt_eval_count, 7);
});

await check('models', async () => {
  const { models } = await client.list();
  assert.deepEqual(models.map((model) => model.name), ['fake-1:latest', 'fake-2:latest']);
  assert.equal(models[0].details.family, 'llama');
});

await check('pull', async () => {
  const parts = await all(await client.pull({ model: 'fake-1', stream: true }));
  assert.deepEqual(parts.filter((part) => part.total).map((part) => part.completed), [50, 100]);
  assert.equal(parts.at(-1).status, 'success');
});

await check('errors', async () => {
  const missing = await failure(() => client.chat(ask('error-404')));
  assert.equal(missing.name, 'ResponseError');
  assert.equal(missing.status_code, 404);
  assert.equal(missing.message, "model 'error-404' not found");
  assert.equal((await failure(() => stream('broken'))).message, 'model runner has unexpectedly stopped');
  assert.match((await failure(() => stream('endless'))).message, /Did not receive done/);
});

await check('silence', async () => {
  const held = await client.chat({ ...ask('hold'), stream: true });
  const stopped = await failure(async () => {
    for await (const part of held) {
      assert.equal(part.message.content, 'Hel');
      held.abort();
    }
  });
  assert.equal(stopped.name, 'AbortError');
});

import { ApiError, GoogleGenAI } from '@google/genai';
import { all, assert, baseUrl, check, failure } from './check.js';

const { models } = new GoogleGenAI({ apiKey: 'loopback', httpOptions: { baseUrl, apiVersion: 'v1beta' } });
const ask = (model) => ({ model, contents: 'Hi' });
const stream = async (model) => all(await models.generateContentStream(ask(model)));
const parts = (chunks) => chunks.flatMap((chunk) => chunk.candidates[0].content.parts);

await check('chat', async () => {
  const answer = await models.generateContent(ask('hello'));
  assert.equal(answer.text, 'Hello there');
  assert.equal(answer.candidates[0].finishReason, 'STOP');
  assert.equal(answer.usageMetadata.totalTokenCount, 5);
});

await check('stream', async () => {
  const chunks = await stream('hello');
  assert.equal(chunks.map((chunk) => chunk.text).join(''), 'Hello there');
  assert.equal(chunks.at(-1).candidates[0].finishReason, 'STOP');
  assert.equal(chunks.at(-1).usageMetadata.totalTokenCount, 5);
});

await check('thoughts', async () => {
  for (const chunks of [[await models.generateContent(ask('thought'))], await stream('thought')]) {
    assert.equal(parts(chunks).find((part) => part.thought).text, 'Six times seven');
    assert.equal(parts(chunks).find((part) => part.thoughtSignature).thoughtSignature, 'c2VjcmV0');
    assert.equal(parts(chunks).filter((part) => !part.thought).map((part) => part.text).join(''), '42');
    assert.equal(chunks.at(-1).usageMetadata.thoughtsTokenCount, 4);
  }
});

await check('tools', async () => {
  for (const chunks of [[await models.generateContent(ask('tool'))], await stream('tool')]) {
    const [{ functionCall, thoughtSignature }] = parts(chunks);
    assert.deepEqual(functionCall, { name: 'get_weather', args: { city: 'Paris' } });
    assert.equal(thoughtSignature, 'c2VjcmV0');
  }
});

await check('blocked', async () => {
  assert.equal((await models.generateContent(ask('blocked'))).promptFeedback.blockReason, 'SAFETY');
});

await check('embeddings', async () => {
  const answer = await models.embedContent({ model: 'numbers', contents: ['a', 'b'] });
  assert.deepEqual(answer.embeddings.map((embedding) => embedding.values), [[0.25, -0.5], [1, 2]]);
});

await check('models', async () => {
  const listed = await all(await models.list({ config: { pageSize: 2 } }));
  assert.deepEqual(listed.map((model) => model.name), ['models/fake-1', 'models/fake-2', 'models/fake-3']);
});

await check('errors', async () => {
  const limited = await failure(() => models.generateContent(ask('error-429')));
  assert.ok(limited instanceof ApiError, limited);
  assert.equal(limited.status, 429);
  assert.match(limited.message, /RESOURCE_EXHAUSTED/);
});

await check('silence', async () => {
  const abort = new AbortController();
  const held = await models.generateContentStream({ ...ask('hold'), config: { abortSignal: abort.signal } });
  const stopped = await failure(async () => {
    for await (const chunk of held) {
      assert.equal(chunk.text, 'Hel');
      abort.abort();
    }
  });
  assert.equal(stopped.name, 'AbortError');
});

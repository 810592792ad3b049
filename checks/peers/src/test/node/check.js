// One JSON line for each check; the process fails when one of them does.
import { strict as assert } from 'node:assert';

const PATIENCE_MILLIS = 20_000;

export const baseUrl = process.argv[2];
export { assert };

export async function check(name, body) {
  let timer;
  const patience = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('took too long')), PATIENCE_MILLIS);
  });
  try {
    await Promise.race([body(), patience]);
    console.log(JSON.stringify({ check: name, ok: true }));
  } catch (e) {
    process.exitCode = 1;
    console.log(JSON.stringify({ check: name, ok: false, why: `${e?.constructor?.name}: ${e?.message}` }));
  } finally {
    clearTimeout(timer);
  }
}

export async function all(items) {
  const list = [];
  for await (const item of items) list.push(item);
  return list;
}

/** What body fails with. */
export async function failure(body) {
  try {
    await body();
  } catch (e) {
    return e;
  }
  throw new Error('nothing failed');
}

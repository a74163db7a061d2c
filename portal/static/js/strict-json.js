// JSON, strictly: JSON.parse would forgive a key twice and lone surrogates. Objects become Maps; a number that is no
// whole number, or too large to be told exactly here, becomes { number }, which is no whole number to anybody.

export class BadRecord extends Error {}

const SPACE = /[ \t\r\n]*/y;
const TOKEN = /([[\]{},:])|("(?:[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)/y;
const DEEPEST = 64;

export function parse(text) {
  let at = text.startsWith("\ufeff") ? 1 : 0;
  let token = next();
  const value = read(0);
  return token === null ? value : refuse();

  function refuse(message = "不是 JSON 文件") {
    throw new BadRecord(message);
  }
  function next() {
    SPACE.lastIndex = at;
    at += SPACE.exec(text)[0].length;
    if (at === text.length) return null;
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text) ?? refuse();
    at = TOKEN.lastIndex;
    return { mark: found[1], words: found[2], number: found[3], name: found[4] };
  }
  function take(mark) {
    if (token?.mark !== mark) refuse();
    token = next();
  }
  function word() {
    const found = token?.words === undefined ? refuse() : JSON.parse(token.words);
    token = next();
    return /\p{Surrogate}/u.test(found) ? refuse("含有不成对的代理字符") : found;
  }
  function read(depth) {
    if (token === null || depth > DEEPEST) refuse();
    if (token.mark === "{") return readObject(depth);
    if (token.mark === "[") return readList(depth);
    if (token.words !== undefined) return word();
    const { number, name } = token.mark ? refuse() : token;
    token = next();
    if (name) return { null: null, true: true, false: false }[name];
    return /^-?\d+$/.test(number) && Number.isSafeInteger(Number(number)) ? Number(number) : { number };
  }
  function readObject(depth) {
    const found = new Map();
    for (take("{"); token?.mark !== "}"; found.set(...readPair(found, depth))) if (found.size) take(",");
    take("}");
    return found;
  }
  function readPair(found, depth) {
    const key = word();
    take(":");
    return found.has(key) ? refuse(`同一个对象里 ${JSON.stringify(key)} 出现了两次`) : [key, read(depth + 1)];
  }
  function readList(depth) {
    const found = [];
    for (take("["); token?.mark !== "]"; found.push(read(depth + 1))) if (found.length) take(",");
    take("]");
    return found;
  }
}

// Recomputes a spot-check draw in the browser: nothing is sent to any server. An implementation of its own, written
// from the published format, so that it can disagree with the office's. Runs under Node too (tests/inspections).
// A whole number beyond 2^53 can't be told exactly here; such a record is refused, not guessed.
import { BadRecord, parse } from "./strict-json.js";

const AT_ONCE = 2000;
const UTF8 = new TextEncoder();
const PLAN = ["version", "district", "period", "quotas", "inspectors", "per_visit", "entropy_source", "population_sha256", "commitment"];
const HEX_64 = /^[0-9a-f]{64}$/;

// --- the form of a record ---
const isText = (it) => typeof it === "string";
const isRow = (it) => isText(it) && !/[\t\n]/.test(it);
const isLine = (it) => isText(it) && !/[\n\r\v\f\x85\u2028\u2029]/.test(it);
const isNonce = (it) => isText(it) && HEX_64.test(it);
const isCount = (it) => Number.isInteger(it) && it >= 0;
const isQuotas = (it) => it instanceof Map && [...it].every(([stratum, count]) => isRow(stratum) && isCount(count));
const isListOf = (kind) => (it) => Array.isArray(it) && it.every(kind);
const isSetOf = (kind) => (it) => isListOf(kind)(it) && new Set(it).size === it.length;
const isMember = (it) => it instanceof Map && isRow(it.get("id")) && isRow(it.get("stratum"));
const isInspector = (it) => it instanceof Map && isRow(it.get("id")) && isSetOf(isRow)(it.get("conflicts"));
const isVisit = (it) => it instanceof Map && ["id", "stratum", "score"].every((key) => isText(it.get(key))) && isListOf(isText)(it.get("inspectors"));
const isOnce = (kind) => (it) => isListOf(kind)(it) && new Set(it.map((one) => one.get("id"))).size === it.length;
const FORM = {
  version: (it) => it === "draw/1", district: isText, period: isText, population: isOnce(isMember), quotas: isQuotas,
  inspectors: isOnce(isInspector), per_visit: (it) => isCount(it) && it > 0, entropy_source: isText,
  population_sha256: isText, commitment: isText, plan_sha256: isText, nonce: isNonce, public_entropy: isLine,
  seed: isText, selected: isListOf(isVisit),
};

function checkForm(record) {
  if (!(record instanceof Map)) throw new BadRecord("这里要一个 JSON 对象");
  for (const [key, holds] of Object.entries(FORM)) if (!holds(record.get(key))) throw new BadRecord(`${key}：缺少，或不合格式`);
}

// --- the algorithm ---
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
const octets = (digits) => Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));
const sha256 = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));
const rank = (unit) => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);

// Code point order; JavaScript's own compares 16-bit units, which puts 𠮷 before ｡.
export function compare(left, right) {
  for (let at = 0; at < left.length && at < right.length; at += 1) {
    const difference = rank(left.charCodeAt(at)) - rank(right.charCodeAt(at));
    if (difference) return difference;
  }
  return left.length - right.length;
}

// JSON.stringify escapes what JSON requires, and of well-formed text nothing more.
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!(value instanceof Map)) return JSON.stringify(value);
  return `{${[...value.keys()].sort(compare).map((key) => `${JSON.stringify(key)}:${canonical(value.get(key))}`).join(",")}}`;
}

async function scorer(seed) {
  const key = await crypto.subtle.importKey("raw", octets(seed), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return async (...words) => hex(await crypto.subtle.sign("HMAC", key, UTF8.encode(words.join("\n"))));
}

async function leastScores(record, score, told) {
  const members = record.get("population").filter((one) => record.get("quotas").get(one.get("stratum")) > 0);
  const scored = [];
  for (let at = 0; at < members.length; at += AT_ONCE) {
    const some = members.slice(at, at + AT_ONCE);
    const scores = await Promise.all(some.map((one) => score("institution", one.get("id"))));
    some.forEach((one, index) => scored.push({ id: one.get("id"), stratum: one.get("stratum"), score: scores[index] }));
    told(scored.length, members.length);
  }
  scored.sort((left, right) => compare(left.score, right.score) || compare(left.id, right.id));
  const taken = new Map();
  return scored.filter(({ stratum }) => {
    taken.set(stratum, (taken.get(stratum) ?? 0) + 1);
    return taken.get(stratum) <= record.get("quotas").get(stratum);
  });
}

async function inspectorsOf(record, visit, rounds, score) {
  const free = record.get("inspectors").filter((one) => !one.get("conflicts").includes(visit.id)).map((one) => one.get("id"));
  if (free.length < record.get("per_visit")) return null;
  const lots = new Map();
  for (const name of free) lots.set(name, await score("inspector", name, visit.id));
  free.sort((left, right) => (rounds.get(left) ?? 0) - (rounds.get(right) ?? 0) || compare(lots.get(left), lots.get(right)));
  const chosen = free.slice(0, record.get("per_visit"));
  for (const name of chosen) rounds.set(name, (rounds.get(name) ?? 0) + 1);
  return chosen;
}

const ascends = (words) => words.every((word, at) => at === 0 || compare(words[at - 1], word) <= 0);

async function firstInPlan(record) {
  const ids = (key) => record.get(key).map((one) => one.get("id"));
  if (!ascends(ids("population"))) return "/population";
  if (!ascends(ids("inspectors"))) return "/inspectors";
  const unsorted = record.get("inspectors").findIndex((one) => !ascends(one.get("conflicts")));
  if (unsorted >= 0) return `/inspectors/${unsorted}/conflicts`;
  const rows = record.get("population").map((one) => `${one.get("id")}\t${one.get("stratum")}\n`).join("");
  if (record.get("population_sha256") !== (await sha256(UTF8.encode(rows)))) return "/population_sha256";
  if (record.get("commitment") !== (await sha256(octets(record.get("nonce"))))) return "/commitment";
  const plan = new Map(PLAN.map((key) => [key, record.get(key)]));
  plan.set("inspectors", record.get("inspectors").map((one) => new Map([["id", one.get("id")], ["conflicts", one.get("conflicts")]])));
  if (record.get("plan_sha256") !== (await sha256(UTF8.encode(canonical(plan))))) return "/plan_sha256";
  const words = ["draw/1", record.get("plan_sha256"), record.get("nonce"), record.get("public_entropy"), ""];
  return record.get("seed") === (await sha256(UTF8.encode(words.join("\n")))) ? null : "/seed";
}

async function firstInVisits(record, told) {
  const [given, rounds, score] = [record.get("selected"), new Map(), await scorer(record.get("seed"))];
  const visits = await leastScores(record, score, told);
  for (const [index, visit] of visits.entries()) {
    const chosen = await inspectorsOf(record, visit, rounds, score);
    if (index === given.length) return "/selected";
    if (chosen === null) return `/selected/${index}/inspectors`;
    const said = given[index];
    for (const key of ["id", "stratum", "score"]) if (said.get(key) !== visit[key]) return `/selected/${index}/${key}`;
    const names = said.get("inspectors");
    const other = names.findIndex((name, at) => at < chosen.length && name !== chosen[at]);
    if (other >= 0) return `/selected/${index}/inspectors/${other}`;
    if (names.length !== chosen.length) return `/selected/${index}/inspectors`;
  }
  return given.length > visits.length ? `/selected/${visits.length}` : null;
}

// The first value that doesn't hold, as a JSON Pointer, or null where the record holds; a BadRecord where it is none.
export async function first(text, told = () => {}) {
  const record = parse(text);
  checkForm(record);
  return (await firstInPlan(record)) ?? firstInVisits(record, told);
}

// --- the page: a file that somebody chooses, a text that they paste, or the record that the page names ---
function connect(section) {
  const [file, pasted, button, status] = ["input[type=file]", "textarea", "button", "[role=status]"].map((part) => section.querySelector(part));
  const say = (words) => { status.textContent = words; };
  const judge = async (text) => {
    try {
      const place = await first(text, (done, all) => say(`已计算 ${done} 家，共 ${all} 家`));
      say(place === null ? "成立：每个值都与重新计算的一致。" : `不成立：第一个不一致的值是 ${place}。`);
    } catch (error) {
      if (!(error instanceof BadRecord)) throw error;
      say(`这不是抽查记录。${error.message}。`);
    }
  };
  file?.addEventListener("change", async () => judge(await file.files[0].text()));
  button?.addEventListener("click", async () => judge(pasted ? pasted.value : await (await fetch(button.dataset.record)).text()));
}

globalThis.document?.querySelectorAll("[data-draw]").forEach(connect);

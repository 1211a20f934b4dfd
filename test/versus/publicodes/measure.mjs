// Times the offer's rules in publicodes. Reads a task from standard input:
//   { first, years, lines, check: [situation], warm: [situation], timed: [situation] }
// and writes { load: ms, each: [ms], results: [[number]] }: the time to read and
// parse the rules, the time of each timed estimate, and the lines of every year
// for each situation to check.
import { readFileSync } from 'node:fs'
import Engine from 'publicodes'
import { parse } from 'yaml'

const text = (name) => readFileSync(new URL(name, import.meta.url), 'utf8')

// A loop cannot be said in publicodes: the rules of a year are written for each.
function year(template, rank, calendar) {
  const months = Array.from({ length: 12 }, (_, k) => 12 * rank + k)
  return template
    .split('\n')
    .flatMap((line) => (line.includes('{month}') ? months.map((m) => line.replaceAll('{month}', m)) : [line]))
    .join('\n')
    .replaceAll('{rank}', rank)
    .replaceAll('{year}', calendar)
}

const { first, years, lines, check, warm, timed } = JSON.parse(readFileSync(0, 'utf8'))
const ranks = Array.from({ length: years }, (_, rank) => rank)

const begun = performance.now()
const template = text('year.publicodes')
const engine = new Engine(parse([text('offer.publicodes'), ...ranks.map((r) => year(template, r, first + r))].join('\n')))
const load = performance.now() - begun

const wanted = ranks.flatMap((rank) => lines.map((line) => `${line} ${rank}`))
function estimate(situation) {
  engine.setSituation(situation)
  return wanted.map((rule) => engine.evaluate(rule).nodeValue)
}

const results = check.map(estimate)
warm.forEach(estimate)
const each = timed.map((situation) => {
  const begun = performance.now()
  estimate(situation)
  return performance.now() - begun
})
console.log(JSON.stringify({ load, each, results }))

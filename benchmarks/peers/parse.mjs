// Parses a schema with prisma-ast so many times in one process, and prints the milliseconds of each as JSON.
//   node parse.mjs PACKAGES SCHEMA TIMES
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const [packages, schema, times] = process.argv.slice(2)
const { getSchema } = createRequire(`${packages}/x.cjs`)('@mrleebo/prisma-ast')
const text = readFileSync(schema, 'utf8')
const taken = []
for (let at = 0; at < Number(times); at++) {
  const start = performance.now()
  getSchema(text)
  taken.push(performance.now() - start)
}
console.log(JSON.stringify(taken))

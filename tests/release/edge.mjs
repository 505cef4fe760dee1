// Runs a CloudFront Function as CloudFront would, on events from standard input, and prints what it answers to each.
import { readFileSync } from 'node:fs'

const { code, events } = JSON.parse(readFileSync(0, 'utf8'))
const handler = new Function(`'use strict'; ${code}; return handler`)()
console.log(JSON.stringify(events.map((event) => handler(event))))

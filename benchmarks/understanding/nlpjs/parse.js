// Answers what the assistant understands: node parse.js MODEL, one JSON object a line in and out, as bot/parse.py.
const { readFileSync } = require("node:fs");
const { createInterface } = require("node:readline");
const { untaught } = require("./assistant");

const NOTHING = "None";

async function main([model]) {
  const assistant = untaught();
  assistant.import(readFileSync(model, "utf-8"));
  for await (const line of createInterface({ input: process.stdin })) {
    const { intent, score } = await assistant.process("nl", JSON.parse(line).text);
    process.stdout.write(`${JSON.stringify({ intent: intent === NOTHING ? null : intent, confidence: score })}\n`);
  }
}

main(process.argv.slice(2));

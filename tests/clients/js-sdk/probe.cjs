// One call with the AWS SDK for JavaScript, and its error printed in one of the ways that programs print errors.
// Usage: node probe.cjs SERVICE OPERATION INPUT WAY, with the input as JSON and the endpoint in AWS_ENDPOINT_URL.
const { createRequire } = require('node:module');
const path = require('node:path');

const [service, operation, input, way] = process.argv.slice(2);
const load = createRequire(path.join(process.env.NODE_MODULES, 'probe.cjs'));
const sdk = load(`@aws-sdk/client-${service}`);
const client = Object.entries(sdk).find(([name]) => /^[A-Z]\w*\dClient$|^(STS|SQS|Lambda|DynamoDB)Client$/.test(name))[1];

const print = {
  inspect: (error) => console.error(error),
  label: (error) => console.error('Error:', error),
  stack: (error) => console.error(error.stack),
  string: (error) => console.error(`Failed: ${error}`),
  message: (error) => console.error(error.message),
  json: (error) => console.error(JSON.stringify(error)),
};

const call = new client({ forcePathStyle: true }).send(new sdk[`${operation}Command`](JSON.parse(input)));
const handled = way === 'uncaught' ? call : call.catch((error) => {
  process.exitCode = 1;
  print[way](error);
});
handled.then((result) => result && console.log(result));

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { greet, NAME_MAX } = require('../src/greetings.cjs');

test('greets in the language asked for', () => {
  assert.equal(greet('Ada', 'de'), 'Hallo, Ada!');
  assert.equal(greet('Ada', 'en'), 'Hello, Ada!');
  assert.equal(greet('Ada', 'fr'), 'Bonjour, Ada!');
});

test('a blank name is everybody', () => {
  assert.equal(greet('  '), 'Hello, everybody!');
});

test('a long name is cut', () => {
  assert.equal(greet('x'.repeat(100)), `Hello, ${'x'.repeat(NAME_MAX)}!`);
});

test('no greeting is known in an unknown language', () => {
  assert.equal(greet('Ada', 'tlh'), undefined);
});

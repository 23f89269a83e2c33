const GREETINGS = new Map([
  ['de', 'Hallo'],
  ['en', 'Hello'],
  ['fr', 'Bonjour'],
]);
const NAME_MAX = 60;

/** Greets by name; a name too long is cut, a blank one is everybody. Undefined in an unknown language. */
function greet(name, language = 'en') {
  const greeting = GREETINGS.get(language);
  if (greeting === undefined) {
    return undefined;
  }
  return `${greeting}, ${name.trim().slice(0, NAME_MAX) || 'everybody'}!`;
}

module.exports = { greet, NAME_MAX };

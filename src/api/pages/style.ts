/**
 * The stylesheet of the pages from mail, sent as a file of its own: no page has a style in it. Wide as the screen down to
 * 320 px, dark or light as the reader's machine says, letters as large as they are used to; also on paper.
 */
export const style = `:root {
  color-scheme: light dark;
  --ground: #fbfaf7; --sheet: #ffffff; --ink: #1d2326; --quiet: #4c565b; --line: #79868c;
  --deed: #0b5c58; --on-deed: #ffffff; --mark: #8a3b12;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14191b; --sheet: #1c2326; --ink: #eef2f2; --quiet: #b6c2c5; --line: #76858a;
    --deed: #7fd6cc; --on-deed: #0d2523; --mark: #f0b48e;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 1.5rem 1rem 3rem; background: var(--ground); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere;
}
main, footer { max-width: 40rem; margin: 0 auto; }
main { background: var(--sheet); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem 1.25rem 1.75rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem; }
h2 { font-size: 1.125rem; margin: 1.75rem 0 .5rem; }
p { margin: 0 0 .75rem; }
footer { color: var(--quiet); font-size: .9375rem; padding: 1rem 1.25rem 0; }
dl { margin: 1rem 0; }
dt { color: var(--quiet); font-size: .9375rem; }
dd { margin: 0 0 .625rem; }
a { color: var(--deed); }
form { margin: 1rem 0 0; }
fieldset { border: 1px solid var(--line); border-radius: 10px; margin: 0; padding: .75rem 1rem 1rem; min-width: 0; }
legend { font-weight: 600; padding: 0 .375rem; }
label { display: block; margin: .5rem 0 .25rem; }
.choice { display: flex; gap: .625rem; align-items: center; min-height: 2.75rem; margin: 0; }
.choice input { width: 1.375rem; height: 1.375rem; flex: none; margin: 0; accent-color: var(--deed); }
input:not([type=checkbox]):not([type=radio]), select, textarea {
  font: inherit; color: inherit; background: var(--sheet); border: 1px solid var(--line); border-radius: 8px;
  width: 100%; max-width: 24rem; min-height: 2.75rem; padding: .375rem .625rem;
}
button {
  font: inherit; font-weight: 600; min-height: 2.75rem; padding: .5rem 1.125rem; margin: .75rem 0 0; border-radius: 8px;
  border: 2px solid var(--deed); background: var(--deed); color: var(--on-deed); cursor: pointer;
}
button.quiet { background: transparent; color: var(--deed); margin-top: 0; }
.ask { margin: .875rem 0 0; }
@media (min-width: 34rem) { [role=group] { columns: 2; } .choice { break-inside: avoid; } }
a.deed {
  display: inline-block; font-weight: 600; line-height: 1.75; padding: .5rem 1.25rem; border-radius: 8px;
  background: var(--deed); color: var(--on-deed); text-decoration: none;
}
form + p, fieldset + p { margin-top: 1rem; }
form > fieldset:not(:first-child) { margin-top: 1.25rem; }
.note { border-left: 4px solid var(--mark); padding: .25rem 0 .25rem .75rem; }
.hint { color: var(--quiet); font-size: .9375rem; margin: 0 0 .25rem; }
fieldset + .hint { margin-top: 1rem; }
[role=group] + button, fieldset > .choice + .hint { margin-top: .75rem; }
:focus-visible { outline: 3px solid var(--deed); outline-offset: 3px; }
@media print { body { background: none; padding: 0; } main { border: 0; } form { display: none; } }
`;

/** A sign that names nobody: two pages, one behind the other. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="9" y="4" width="18" height="22" rx="3"
 fill="#7fd6cc"/><rect x="5" y="8" width="18" height="20" rx="3" fill="#0b5c58"/></svg>`;

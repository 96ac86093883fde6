// The two pages and their Content-Security-Policy.

/** Headers that allow the app's own files, and only scripts with the nonce. @param {string} nonce */
export function headersOf(nonce) {
  return {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": [
      "default-src 'none'",
      `script-src 'nonce-${nonce}'`,
      "style-src 'self'",
      "connect-src 'self'",
      "img-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "object-src 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join("; "),
  };
}

/** @param {string} title @param {string} content */
const page = (title, content) => `<!doctype html>
<html lang="en-AU">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="icon" href="/icon.svg">
    <link rel="stylesheet" href="/styles.css">
    <link rel="stylesheet" href="/clinic.css">
  </head>
  <body class="coviu clinic">
${content}
  </body>
</html>
`;

/** Page without user data. The script requests the user. @param {string} nonce */
export const appPage = (nonce) =>
  page(
    "Banksia Street Clinic",
    `    <div id="root"></div>
    <form id="sign-out" method="post" action="/logout"></form>
    <script type="module" src="/page.js" nonce="${nonce}"></script>`,
  );

const notices = {
  wrong: `<p class="clinic-problem" role="alert">This name and password don’t belong together. Try again.</p>`,
  out: `<p class="clinic-done" role="status">You have signed out.</p>`,
};

/** @param {keyof typeof notices} [notice] */
export const loginPage = (notice) =>
  page(
    "Sign in – Banksia Street Clinic",
    `    <main class="clinic-login">
      <p class="clinic-name"><img src="/icon.svg" alt="" width="28" height="28">Banksia Street Clinic</p>
      <form method="post" action="/login">
        <h1>Sign in</h1>
        ${notice ? notices[notice] : ""}
        <label>User name <input name="login" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus></label>
        <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
        <button>Sign in</button>
      </form>
      <p class="clinic-hint">An example with made-up people. The names and passwords are in the terminal that started it.</p>
    </main>`,
  );

/** What must stay inside: stack traces, paths, statements, and the words of the database and its driver. */
export const leaks = [
  ...[
    /\n\s+at /,
    /node_modules|\.ts:\d+|file:\/\/\/(?!etc)|\/src\//,
    /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM) [a-z_*"]+ /,
  ],
  ...[
    /customer_id|contact_numbers|jsonb|timestamptz|pg_|prisma|postgres|pglite/i,
    /syntax error at|invalid input syntax|violates|relation "/,
  ],
  ...[/TypeError|RangeError|SyntaxError|ZodError|URIError|Cannot read|is not a function|is not iterable|Maximum call/],
];

// One file for all of them: the sweep goes over the whole database, so these must not run side by side. They live in
// years in which nobody else stores anything.
import './sweep/retention.ts';
import './sweep/unclaimed.ts';

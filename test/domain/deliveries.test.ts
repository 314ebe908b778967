// One file for all of them: a worker takes what is due in the whole database, so these must not run side by side.
import './deliveries/failures.ts';
import './deliveries/halt.ts';
import './deliveries/journal.ts';
import './deliveries/misbehaviour.ts';
import './deliveries/pushes.ts';
import './deliveries/redeliver.ts';
import './deliveries/removal.ts';
import './deliveries/workers.ts';

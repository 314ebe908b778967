import './viewer.ts';
import './contact.ts';
import './phone-call.ts';
import './phone-calls.ts';
import './call-stats.ts';
import './call-context.ts';
import './chat.ts';
import './live.ts';
import './privacy.ts';
import './integration.ts';
import './integration-test.ts';
import './webhook.ts';
import './webhook-delivery.ts';
import { builder } from './builder.ts';

/** The whole schema; everything it holds is described. */
export const schema = builder.toSchema();

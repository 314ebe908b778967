import type { CallContext as CallContextShape } from '../domain/call-context.ts';
import type { Contact as ContactShape } from '../domain/contact.ts';
import type { PhoneCall as PhoneCallShape } from '../domain/phone-call.ts';
import { builder } from './builder.ts';

// Types that refer to each other are named here, so that their files need not.
export const Contact = builder.objectRef<ContactShape>('Contact');
export const PhoneCall = builder.objectRef<PhoneCallShape>('PhoneCall');
export const CallContext = builder.objectRef<CallContextShape>('CallContext');

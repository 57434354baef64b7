import { createEffect, createSignal, onCleanup, type Accessor } from 'solid-js';
import { locale } from '../../i18n/language.ts';
import type { House } from '../../reactive/house.ts';
import { whenIdle } from '../../reactive/when-idle.ts';
import { orderContacts, type ContactOrder } from './contact-order.ts';

/**
 * The contacts in order, as long as the owner lives: put in order when the page is idle or `isNeeded`, and again when people change,
 * the order before staying until then. Undefined before the first.
 */
export function createContacts(house: House, isNeeded: Accessor<boolean>): Accessor<ContactOrder | undefined> {
  const [contacts, setContacts] = createSignal<ContactOrder>();
  const [due, setDue] = createSignal(isNeeded());
  onCleanup(whenIdle(() => setDue(true)));
  createEffect(() => {
    if (!due() && !isNeeded()) return;
    let wanted = true;
    onCleanup(() => {
      wanted = false;
    });
    const source = { people: house.people(), me: house.account, locale: locale() };
    void orderContacts(source, () => wanted).then((order) => {
      if (wanted && order !== undefined) setContacts(order);
    });
  });
  return contacts;
}

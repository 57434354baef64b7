import type { JSX } from 'solid-js';
import type { Account } from '../../crdt/model/log/writer.ts';
import { useHouse } from '../reactive/house.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { hueOf } from '../ui/hue.ts';
import { initialsOf, pictureOf } from './names.ts';

/** A colleague's face, the same everywhere: picture, else initials on the ground that is theirs. */
export function PersonAvatar(props: {
  readonly account: Account;
  readonly size?: 'small' | 'medium' | 'large';
}): JSX.Element {
  const house = useHouse();
  const person = () => house.people().get(props.account);
  return (
    <Avatar
      initials={initialsOf(person())}
      picture={pictureOf(person())}
      online={house.connection().kind === 'online'}
      hue={hueOf(String(props.account))}
      size={props.size ?? 'medium'}
    />
  );
}

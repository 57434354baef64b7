import type { JSX } from 'solid-js';
import { texts } from '../../i18n/language.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';

/** Over the input while an own message is being changed: which one, and the way out. */
export function EditBar(props: { readonly original: string; readonly onGiveUp: () => void }): JSX.Element {
  return (
    <div class="composer-edit">
      <Icon name="edit" />
      <div class="composer-edit-words">
        <strong>{texts().composer.editing}</strong>
        <p dir="auto">{props.original}</p>
      </div>
      <IconButton icon="close" label={texts().composer.stopEditing} shortcut="Esc" onClick={() => props.onGiveUp()} />
    </div>
  );
}

import { createSignal, type JSX } from 'solid-js';
import { Button } from '../../../app/ui/Button.tsx';
import { Dialog } from '../../../app/ui/Dialog.tsx';
import { Field } from '../../../app/ui/Field.tsx';
import { Menu, MenuAt, MenuItem, MenuSeparator, type Anchor } from '../../../app/ui/Menu.tsx';
import { Question } from '../../../app/ui/Question.tsx';
import { Section } from '../../../app/ui/Screen.tsx';
import { showToast } from '../../../app/ui/Toasts.tsx';

/** What lies over the page or comes to it for a while: menus, dialogs, questions, toasts. */
export function Overlays(): JSX.Element {
  const [chosen, setChosen] = createSignal('nothing');
  const [muted, setMuted] = createSignal(false);
  const [dialog, setDialog] = createSignal(false);
  const [question, setQuestion] = createSignal(false);
  const [at, setAt] = createSignal<Anchor>();
  return (
    <Section title="What lies over the page">
      <p>Chosen: {chosen()}</p>
      <div style={{ display: 'flex', 'flex-wrap': 'wrap', gap: '8px' }}>
        <Menu icon="more" label="More" shortcut="Ctrl+M">
          <MenuItem icon="edit" shortcut="E" onSelect={() => setChosen('edit')}>
            Edit
          </MenuItem>
          <MenuItem icon="mute" checked={muted()} onSelect={() => setMuted(!muted())}>
            Mute
          </MenuItem>
          <MenuItem icon="copy" disabled onSelect={() => setChosen('copy')}>
            Copy
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon="delete" danger onSelect={() => setQuestion(true)}>
            Delete for everybody
          </MenuItem>
        </Menu>
        <Button onClick={() => setDialog(true)}>Open dialog</Button>
        <Button onClick={() => setQuestion(true)}>Ask</Button>
        <Button
          onClick={() =>
            showToast({
              key: 'pin',
              icon: 'pin',
              title: 'Chat pinned',
              actionLabel: 'Undo',
              onAction: () => setChosen('undone'),
            })
          }
        >
          Pin
        </Button>
      </div>
      <div
        class="gallery-area"
        style={{ padding: '16px', background: 'var(--sunken)' }}
        onContextMenu={(event) => {
          event.preventDefault();
          setAt({ x: event.clientX, y: event.clientY });
        }}
      >
        Right click here
      </div>
      <MenuAt label="Here" at={at()} onClose={() => setAt(undefined)}>
        <MenuItem onSelect={() => setChosen('here')}>Choose here</MenuItem>
      </MenuAt>
      <Dialog
        open={dialog()}
        title="Keys"
        closeLabel="Close"
        onClose={() => setDialog(false)}
        actions={
          <Button look="primary" onClick={() => setDialog(false)}>
            Done
          </Button>
        }
      >
        <Field label="Name" name="name" value="" onInput={() => undefined} />
        <p>
          <kbd>Ctrl+K</kbd> Search
        </p>
      </Dialog>
      {question() && (
        <Question
          title="Delete this message for everybody?"
          yes="Delete"
          no="Keep"
          onAnswer={(yes) => {
            setQuestion(false);
            setChosen(yes ? 'deleted' : 'kept');
          }}
        >
          <p>It disappears for the other person too.</p>
        </Question>
      )}
    </Section>
  );
}

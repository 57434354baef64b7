import type { JSX } from 'solid-js';
import {
  createElement,
  ArrowLeft,
  Camera,
  Check,
  CheckCheck,
  ChevronDown,
  ChevronsUp,
  CircleAlert,
  Clock,
  CloudOff,
  Copy,
  EllipsisVertical,
  Eye,
  EyeOff,
  FaceSlightlySmiling,
  House,
  Info,
  Keyboard,
  Link,
  LoaderCircle,
  LogOut,
  Menu,
  MessageCircle,
  Monitor,
  Pencil,
  Pin,
  PinOff,
  RotateCcw,
  Search,
  SearchX,
  SendHorizontal,
  Settings,
  Smartphone,
  SunMoon,
  Trash,
  User,
  UserPlus,
  Users,
  Volume2,
  VolumeOff,
  X,
  type IconNode,
} from 'lucide';
import './icon.css';

/** The one icon set, by what a sign means here. Only what is named here is in the bundle. */
const ICONS = {
  back: ArrowLeft,
  camera: Camera,
  chat: MessageCircle,
  check: Check,
  close: X,
  copy: Copy,
  delete: Trash,
  delivered: CheckCheck,
  device: Monitor,
  earlier: ChevronsUp,
  edit: Pencil,
  emoji: FaceSlightlySmiling,
  failed: CircleAlert,
  gear: Settings,
  hide: EyeOff,
  house: House,
  info: Info,
  invite: UserPlus,
  keyboard: Keyboard,
  latest: ChevronDown,
  link: Link,
  menu: Menu,
  more: EllipsisVertical,
  mute: VolumeOff,
  'nothing-found': SearchX,
  offline: CloudOff,
  people: Users,
  person: User,
  phone: Smartphone,
  pin: Pin,
  read: CheckCheck,
  retry: RotateCcw,
  saving: LoaderCircle,
  search: Search,
  send: SendHorizontal,
  sent: Check,
  show: Eye,
  'sign-out': LogOut,
  'sun-moon': SunMoon,
  unmute: Volume2,
  unpin: PinOff,
  waiting: Clock,
} satisfies Readonly<Record<string, IconNode>>;

export type IconName = keyof typeof ICONS;

const drawn = new Map<IconName, Node>();

/** Every icon is drawn once and copied from then on: a list of a thousand rows must not build its signs piece by piece. */
function copyOf(name: IconName): Node {
  const known = drawn.get(name) ?? createElement(ICONS[name], { class: 'icon', 'aria-hidden': 'true' });
  drawn.set(name, known);
  return known.cloneNode(true);
}

/** Decoration only: the name stands in the text or in the label of what carries it. */
export function Icon(props: { readonly name: IconName }): JSX.Element {
  return <>{copyOf(props.name)}</>;
}

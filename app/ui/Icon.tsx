import { createRoot, type Component, type JSX } from 'solid-js';
import type { LucideProps } from 'lucide-solid';
import Back from 'lucide-solid/icons/arrow-left';
import Camera from 'lucide-solid/icons/camera';
import Check from 'lucide-solid/icons/check';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import ChevronsUp from 'lucide-solid/icons/chevrons-up';
import CheckCheck from 'lucide-solid/icons/check-check';
import CircleAlert from 'lucide-solid/icons/circle-alert';
import Clock from 'lucide-solid/icons/clock';
import CloudOff from 'lucide-solid/icons/cloud-off';
import Copy from 'lucide-solid/icons/copy';
import EllipsisVertical from 'lucide-solid/icons/ellipsis-vertical';
import Eye from 'lucide-solid/icons/eye';
import EyeOff from 'lucide-solid/icons/eye-off';
import House from 'lucide-solid/icons/house';
import Info from 'lucide-solid/icons/info';
import Keyboard from 'lucide-solid/icons/keyboard';
import Link from 'lucide-solid/icons/link';
import LoaderCircle from 'lucide-solid/icons/loader-circle';
import LogOut from 'lucide-solid/icons/log-out';
import Menu from 'lucide-solid/icons/menu';
import MessageCircle from 'lucide-solid/icons/message-circle';
import Monitor from 'lucide-solid/icons/monitor';
import Pencil from 'lucide-solid/icons/pencil';
import Pin from 'lucide-solid/icons/pin';
import PinOff from 'lucide-solid/icons/pin-off';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import Search from 'lucide-solid/icons/search';
import SearchX from 'lucide-solid/icons/search-x';
import SendHorizontal from 'lucide-solid/icons/send-horizontal';
import Settings from 'lucide-solid/icons/settings';
import Smartphone from 'lucide-solid/icons/smartphone';
import Smile from 'lucide-solid/icons/face-slightly-smiling';
import SunMoon from 'lucide-solid/icons/sun-moon';
import Trash from 'lucide-solid/icons/trash';
import User from 'lucide-solid/icons/user';
import UserPlus from 'lucide-solid/icons/user-plus';
import Users from 'lucide-solid/icons/users';
import Volume from 'lucide-solid/icons/volume-2';
import VolumeOff from 'lucide-solid/icons/volume-off';
import X from 'lucide-solid/icons/x';
import './icon.css';

/** The one icon set, by what a sign means here. Only what is named here is in the bundle. */
const ICONS = {
  back: Back,
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
  emoji: Smile,
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
  unmute: Volume,
  unpin: PinOff,
  waiting: Clock,
} satisfies Readonly<Record<string, Component<LucideProps>>>;

export type IconName = keyof typeof ICONS;

const drawn = new Map<IconName, Node>();

/** Every icon is drawn once and copied from then on: a list of a thousand rows must not build its signs piece by piece. */
function copyOf(name: IconName): Node | undefined {
  const known = drawn.get(name);
  if (known !== undefined) return known.cloneNode(true);
  const made = createRoot(() => ICONS[name]({ class: 'icon' }));
  if (!(made instanceof Node)) return undefined;
  drawn.set(name, made);
  return made.cloneNode(true);
}

/** Decoration only: the name stands in the text or in the label of what carries it. */
export function Icon(props: { readonly name: IconName }): JSX.Element {
  return <>{copyOf(props.name)}</>;
}

import { createEffect, createUniqueId, type JSX } from 'solid-js';
import { texts } from '../../../i18n/language.ts';
import { moved, zoomed, zoomOf, type Crop } from './crop-area.ts';
import { drawCrop } from './open-picture.ts';
import './crop-area.css';

/** Of the canvas; on the screen it is half as wide, so that it is sharp on fine displays. */
const CANVAS_PX = 640;
/** One press of an arrow key, in parts of the square. */
const KEY_STEP = 1 / 24;
const KEY_ZOOM = 0.06;
/** A turn of the wheel is about 100. */
const WHEEL_ZOOM = 0.0006;

interface CropAreaProps {
  readonly bitmap: ImageBitmap;
  readonly crop: Crop;
  readonly onCrop: (crop: Crop) => void;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const between = (one: Point, other: Point): Point => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });
const distance = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y);

/** The square as it will be, moved and zoomed by mouse, fingers, keys and slider. */
export function CropArea(props: CropAreaProps): JSX.Element {
  const id = createUniqueId();
  const fingers = new Map<number, Point>();
  let canvas: HTMLCanvasElement | undefined;

  createEffect(() => {
    if (canvas !== undefined) drawCrop(canvas, props.bitmap, props.crop);
  });
  const move = (byX: number, byY: number): void => props.onCrop(moved(props.bitmap, props.crop, byX, byY));
  const zoom = (by: number): void =>
    props.onCrop(zoomed(props.bitmap, props.crop, zoomOf(props.bitmap, props.crop) + by));
  /** The picture follows the finger: the square goes the other way. */
  const drag = (from: Point, to: Point): void => {
    const scale = props.crop.side / (canvas?.clientWidth ?? CANVAS_PX);
    move((from.x - to.x) * scale, (from.y - to.y) * scale);
  };
  const onPointerMove = (event: PointerEvent): void => {
    const from = fingers.get(event.pointerId);
    if (from === undefined) return;
    const to = { x: event.clientX, y: event.clientY };
    const other = [...fingers].find(([pointer]) => pointer !== event.pointerId)?.[1];
    fingers.set(event.pointerId, to);
    if (other === undefined) return drag(from, to);
    drag(between(from, other), between(to, other));
    // Twice as far apart is twice as near.
    const nearer = distance(to, other) / Math.max(1, distance(from, other));
    const { crop, bitmap } = props;
    const narrower = { ...crop, side: crop.side / nearer };
    props.onCrop(zoomed(bitmap, crop, zoomOf(bitmap, narrower)));
  };
  const lift = (event: PointerEvent): void => void fingers.delete(event.pointerId);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = props.crop.side * KEY_STEP;
    const acts: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => move(-step, 0),
      ArrowRight: () => move(step, 0),
      ArrowUp: () => move(0, -step),
      ArrowDown: () => move(0, step),
      '+': () => zoom(KEY_ZOOM),
      '-': () => zoom(-KEY_ZOOM),
    };
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <div class="crop">
      <canvas
        ref={(element) => {
          canvas = element;
        }}
        class="crop-canvas"
        width={CANVAS_PX}
        height={CANVAS_PX}
        tabindex={0}
        autofocus
        role="application"
        aria-label={texts().picture.cropArea}
        aria-describedby={id}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
        }}
        onPointerMove={onPointerMove}
        onPointerUp={lift}
        onPointerCancel={lift}
        onWheel={(event) => {
          event.preventDefault();
          zoom(-event.deltaY * WHEEL_ZOOM);
        }}
        onKeyDown={onKeyDown}
      />
      <label class="crop-zoom">
        {texts().picture.zoom}
        <input
          type="range"
          min="0"
          max="100"
          value={Math.round(zoomOf(props.bitmap, props.crop) * 100)}
          onInput={(event) => props.onCrop(zoomed(props.bitmap, props.crop, Number(event.currentTarget.value) / 100))}
        />
      </label>
      <p class="settings-hint" id={id}>
        {texts().picture.cropHint}
      </p>
    </div>
  );
}

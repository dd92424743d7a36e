import type { ReactNode } from 'react';

/** Around every picture: it scrolls by itself, also by keyboard, and says in words what it shows. */
export function ChartFrame({
  kind,
  label,
  says,
  width,
  height,
  children,
}: {
  /** Its class of style. */
  readonly kind: string;
  /** What the box is called. */
  readonly label: string;
  /** The picture in words. */
  readonly says: string;
  readonly width: number;
  readonly height: number;
  readonly children: ReactNode;
}) {
  return (
    <div className="chart-box" tabIndex={0} role="region" aria-label={label}>
      <svg
        className={`chart ${kind}`}
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={says}
      >
        {children}
      </svg>
    </div>
  );
}

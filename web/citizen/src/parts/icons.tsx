import type { ReactNode } from 'react';

function Icon({ children, width = 1.8 }: { children: ReactNode; width?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={width}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

export const icons = {
  home: (
    <Icon>
      <path d="M4 11l8-6.5 8 6.5M6 9.5V19h12V9.5M10 19v-5h4v5" />
    </Icon>
  ),
  form: (
    <Icon>
      <path d="M6 3.5h9l3 3v14H6zM9 9h6M9 12.5h6M9 16h3.5" />
    </Icon>
  ),
  contrast: (
    <Icon>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 3.500a8.500 8.500 0 0 1 0 17z" fill="currentColor" />
    </Icon>
  ),
  search: (
    <Icon>
      <circle cx="10.5" cy="10.5" r="6" />
      <path d="M15 15l5 5" />
    </Icon>
  ),
  person: (
    <Icon>
      <circle cx="12" cy="8" r="4" />
      <path d="M4.5 20c.8-4 3.8-6 7.5-6s6.7 2 7.5 6" />
    </Icon>
  ),
  check: (
    <Icon width={2.4}>
      <path d="M5 12.500l4.5 4.500L19 7.5" />
    </Icon>
  ),
  cross: (
    <Icon width={2.2}>
      <path d="M6.5 6.500l11 11M17.5 6.500l-11 11" />
    </Icon>
  ),
  alert: (
    <Icon width={2}>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7.500v5.500M12 16.300v.2" />
    </Icon>
  ),
  clock: (
    <Icon>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7v5.200l3.5 2" />
    </Icon>
  ),
  flag: (
    <Icon>
      <path d="M6 21V4M6 4.500h11l-2 3.8 2 3.800H6" />
    </Icon>
  ),
  hand: (
    <Icon>
      <path d="M8 12V6.200a1.5 1.5 0 013 0V11m0-5.500a1.5 1.5 0 013 0V11m0-3.800a1.5 1.5 0 013 0V14c0 4-2.2 6.5-5.5 6.500S7 19 5 14.500c-.6-1.4 1-2.4 2-1.200l1 1.2" />
    </Icon>
  ),
  office: (
    <Icon>
      <path d="M4 20h16M6 20V6.500L12 4l6 2.500V20M9.5 10h1.500M13 10h1.500M9.5 13.500h1.500M13 13.500h1.500M10.5 20v-3h3v3" />
    </Icon>
  ),
  phone: (
    <Icon>
      <path d="M6 4h3l1.5 4.5-2 1.500c1 2.3 2.7 4 5 5l1.5-2L19.5 14.500v3c0 1.2-1 2-2 2C10.5 19.3 4.7 13.5 4.5 6c0-1 .5-2 1.5-2z" />
    </Icon>
  ),
  list: (
    <Icon>
      <path d="M9 6.500h11M9 12h11M9 17.500h11M4.5 6.500h.1M4.5 12h.1M4.5 17.500h.1" />
    </Icon>
  ),
  shield: (
    <Icon>
      <path d="M12 3.500l7 2.500v5.500c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9V6zM8.8 12l2.3 2.3 4.2-4.6" />
    </Icon>
  ),
  eye: (
    <Icon>
      <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z" />
      <circle cx="12" cy="12" r="2.8" />
    </Icon>
  ),
  mail: (
    <Icon>
      <path d="M3.5 6h17v12.500h-17zM4 6.500l8 6.5 8-6.5" />
    </Icon>
  ),
  route: (
    <Icon>
      <circle cx="6" cy="18" r="2.3" />
      <circle cx="18" cy="6" r="2.3" />
      <path d="M8.3 18H15a3 3 0 000-6H9a3 3 0 010-6h6.7" />
    </Icon>
  ),
  cloudOff: (
    <Icon>
      <path d="M4 4l16 16M9 6.500A6 6 0 0117.5 10 4.5 4.5 0 0120 17.500M6.5 9.800A4.5 4.5 0 007 18.500h9.5" />
    </Icon>
  ),
} as const;

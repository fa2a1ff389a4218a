import type { ThemeConfig } from 'antd';

/** System fonts first; the shipped one fills in where a machine has no Chinese. */
const fontFamily =
  '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC Variable", system-ui, sans-serif';

/** Dense and calm: one deep teal-blue accent, flat surfaces, greys that pass 4.5:1 on white. */
export const theme: ThemeConfig = {
  cssVar: { key: 'console' },
  hashed: false,
  token: {
    colorPrimary: '#0e5a6b',
    colorInfo: '#0e5a6b',
    colorLink: '#0b5768',
    colorLinkHover: '#083f4c',
    colorSuccess: '#1f6b3b',
    colorWarning: '#8a4b08',
    colorError: '#b3261e',
    colorWarningBg: '#fcf2df',
    colorWarningBorder: '#e0bd7f',
    colorSuccessBg: '#e6f3ea',
    colorSuccessBorder: '#a9d0b6',
    colorInfoBg: '#e6f0f2',
    colorInfoBorder: '#a9c6cd',
    colorErrorBg: '#fcebe9',
    colorErrorBorder: '#e3a6a1',
    colorText: '#1c2529',
    colorTextSecondary: '#45545b',
    colorTextTertiary: '#5c6b72',
    colorTextDescription: '#5c6b72',
    colorTextPlaceholder: '#66747b',
    colorTextDisabled: '#66747b',
    colorBorder: '#c3cdd1',
    colorBorderSecondary: '#e1e7ea',
    colorBgLayout: '#f3f6f7',
    borderRadius: 4,
    fontFamily,
    fontSize: 14,
    controlHeight: 32,
    motion: false,
    wireframe: false,
  },
  components: {
    Table: {
      cellPaddingBlockSM: 5,
      cellPaddingInlineSM: 8,
      cellFontSizeSM: 13,
      headerBg: '#eef3f4',
      rowHoverBg: '#f2f7f8',
    },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
    Alert: { withDescriptionPadding: '10px 12px', withDescriptionIconSize: 18, fontSizeLG: 14 },
    Input: { activeShadow: 'none', errorActiveShadow: 'none' },
    Select: { activeOutlineColor: 'transparent' },
    Modal: { titleFontSize: 16 },
    Tooltip: { colorBgSpotlight: '#22323a' },
  },
};

import { useSyncExternalStore } from 'react';
import { installOffer, isInstalled } from './install.ts';

/** How to put the portal on the telephone's home screen, in plain words. */
export function InstallNote() {
  const offer = useSyncExternalStore(installOffer.subscribe, installOffer.get);
  if (isInstalled()) return null;
  return (
    <details className="more">
      <summary>
        <span>放到手机桌面，下次一点就开</span>
      </summary>
      <div className="more-body stack tight">
        <p>不占地方，不用去应用商店。没有网的时候也能打开，接着填没填完的表。</p>
        {offer ? (
          <p>
            <button type="button" className="button" onClick={() => void installOffer.accept()}>
              放到桌面
            </button>
          </p>
        ) : (
          <ul>
            <li>安卓手机：点浏览器的菜单，选“添加到主屏幕”或“安装应用”。</li>
            <li>苹果手机：用自带的浏览器打开，点下面的分享按钮，选“添加到主屏幕”。</li>
          </ul>
        )}
        <p className="soft small">手机是几个人一起用的，办完请点“退出登录”。</p>
      </div>
    </details>
  );
}

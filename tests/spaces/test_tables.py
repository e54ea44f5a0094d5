"""Tables of points as programs write them."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from playground.errors import InputError
from playground.spaces.tables import read_csv

XY = [[1.5, -0.25], [2.0, 3.0], [0.125, 4.0]]


@pytest.mark.parametrize(
    "text",
    [
        "1.5,-0.25\n2,3\n0.125,4\n",
        "# exported; by a tool\nx,y\n1.5,-0.25\n\n2,3\n# more\n0.125,4\n",
        "x;y\n1,5;-0,25\n2,0;3\n0,125;4\n",
        "1,5\t-0,25\n2\t3\n0,125\t4\n",
        "x y\n1,5 -0,25\n2,0 3,0\n0,125 4,0\n",
        "  1.5   -0.25\n2 3\n0.125 4",
        ",x,y\n0,1.5,-0.25\n1,2,3\n2,0.125,4\n",
        "index,x,y\n7,1.5,-0.25\n9,2,3\n1,0.125,4\n",
        "0,1.5,-0.25\n1,2,3\n2,0.125,4\n",
        "Y,X\n-0.25,1.5\n3,2\n4,0.125\n",
        '"length","width"\n"1.5","-0.25"\n"2","3"\n"0.125","4"\n',
        "weight,x,y,height\n5,1.5,-0.25,0\n5,2,3,0\n5,0.125,4,1\n",
        "x,y\r\n1.5,-0.25\r\n2,3\r\n0.125,4\r\n",
    ],
)
def test_the_points_are_found_whatever_wrote_the_table(text):
    points, labels, names = read_csv(text)
    assert points.tolist() == XY
    assert labels is None
    assert names == ()


@pytest.mark.parametrize(
    "text",
    [
        "1.5,-0.25,b\n2,3,a\n0.125,4,b\n",
        "x,y,class\n1.5,-0.25,b\n2,3,a\n0.125,4,b\n",
        ",x,y,label\n0,1.5,-0.25,b\n1,2,3,a\n2,0.125,4,b\n",
        "species,x,y\nb,1.5,-0.25\na,2,3\nb,0.125,4\n",
        "length,width,sort\n1.5,-0.25,b\n2,3,a\n0.125,4,b\n",
    ],
)
def test_classes_are_found_by_name_or_by_their_place(text):
    points, labels, names = read_csv(text)
    assert points.tolist() == XY
    assert [names[i] for i in labels] == ["b", "a", "b"]


@pytest.mark.parametrize(
    "text, why",
    [
        ("", "no points"),
        ("x,y\n", "no points"),
        ("1,2\n3,a", "Line 2"),
        ("# c\nx,y\n1,2\n3\n", "Line 4"),
        ("a,b,c\n1,2,3\n4,5,6\n", "Which columns are the points.*a, b, c"),
        ("\n".join(f"{k * 0.37},{k},{k * 0.11}" for k in range(300)), "300 different numbers"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_line_or_its_columns(text, why):
    with pytest.raises(InputError, match=why):
        read_csv(text)


FINITE = st.floats(-1e6, 1e6).filter(lambda value: value == 0 or abs(value) > 1e-6)


@given(st.lists(st.tuples(FINITE, FINITE), min_size=4, max_size=20), st.sampled_from(",;\t "))
def test_any_numbers_come_back(points, mark):
    text = "\n".join(f"{x!r}{mark}{y!r}" for x, y in points)
    assert torch.equal(read_csv(text)[0], torch.tensor(points, dtype=torch.float64))


def test_classes_get_names_that_can_be_typed():
    assert read_csv("x,y,class\n1,2,a\u00a0b\n3,4,any\n")[2] == ("a b", "class any")

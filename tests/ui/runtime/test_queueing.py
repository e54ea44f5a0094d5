"""Whose turn it is: a page's, or, of the audience, a visitor's, however many pages they open."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import gradio as gr
from starlette.requests import Request

from playground.serving.turns import Turns
from playground.ui.runtime.access import ROLE, VISITOR, Role
from playground.ui.runtime.queueing import in_turn


class Noted(Turns):
    """Turns that write down who asked."""

    def __init__(self):
        super().__init__(2)
        self.users = []

    def request(self, user):
        self.users.append(user)
        return super().request(user)


def users(role):
    turns = Noted()
    with gr.Blocks() as page:
        told = gr.JSON()
        gr.Button().click(in_turn(lambda: 1, str, turns), None, told)

    def ask(session):
        scope = {"type": "http", "headers": [], ROLE: role, VISITOR: "me"}
        request = gr.Request(request=Request(scope), session_hash=session)
        with ThreadPoolExecutor(1) as other:
            other.submit(asyncio.run, page.process_api(0, [], request=request)).result()

    ask("a")
    ask("b")
    return turns.users


def test_of_the_audience_a_visitor_has_one_turn_for_all_their_pages():
    assert users(Role.AUDIENCE) == ["me", "me"]


def test_of_the_presenter_each_page_has_its_own():
    assert users(Role.PRESENTER) == ["a", "b"]
